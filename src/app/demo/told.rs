//! What a demo city says when it is open.

use url::Url;
use yimen_sandbox::Running;

use super::people::{Everyone, Told};
use crate::app::commands::Printed;

/// Prints who can sign in, with what, and where.
pub(super) fn people(out: &mut Printed, portal: &Url, everyone: &Everyone) {
    out.line(format_args!("  People to sign in as at {portal}sign-in (telephone, password):"));
    rows(out, &everyone.citizens);
    out.line(format_args!(""));
    out.line(format_args!("  Staff, at {portal}staff/sign-in (login, password, and a code from their app):"));
    rows(out, &everyone.staff);
    out.line(format_args!(""));
}

fn rows(out: &mut Printed, people: &[Told]) {
    for Told { name, login, password, purpose } in people {
        out.line(format_args!("    {login:<16} {password}  {name}: {purpose}"));
    }
}

/// Prints what stands beside the portal.
pub(super) fn neighbours(out: &mut Printed, running: &Running) {
    let places = [
        ("Post box (codes that are sent, staff's apps)", &running.post_box.url),
        ("Library's own site", &running.library.url),
        ("Museum's own site", &running.museum.url),
    ];
    for (what, url) in places {
        out.line(format_args!("  {what}: {url}"));
    }
    out.line(format_args!(""));
}
