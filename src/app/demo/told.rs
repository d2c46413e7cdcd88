//! What a demo city says when it is open.

use url::Url;
use yimen_sandbox::{Person, Running};

use super::people::{Everyone, Told};
use crate::app::commands::Printed;

/// Prints who can sign in, with what, and where; and who can register, where the register stands beside.
pub(super) fn people(out: &mut Printed, portal: &Url, everyone: &Everyone, register: bool) {
    if everyone.renewed {
        out.line(format_args!(
            "  Passwords were not written down any more (demo.json), so those concerned have new ones."
        ));
        out.line(format_args!(""));
    }
    out.line(format_args!("  People to sign in as at {portal}sign-in (telephone, password):"));
    rows(out, &everyone.citizens);
    out.line(format_args!(""));
    out.line(format_args!("  Staff, at {portal}staff/sign-in (login, password, and a code from their app):"));
    rows(out, &everyone.staff);
    out.line(format_args!(""));
    match &everyone.newcomer {
        Some(Person { name, identity_number, phone, .. }) if register => {
            out.line(format_args!(
                "  Somebody without an account, to register at {portal}register and be verified at {portal}me/verify \
                 (telephone, name, identity number):"
            ));
            out.line(format_args!("    {phone:<16} {name}  {identity_number}"));
            out.line(format_args!(""));
        }
        _ => {}
    }
}

fn rows(out: &mut Printed, people: &[Told]) {
    for Told { name, login, password, purpose } in people {
        let password = password.as_deref().unwrap_or("(changed here)");
        out.line(format_args!("    {login:<16} {password:<17}  {name}: {purpose}"));
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
