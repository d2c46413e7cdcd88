//! `yimen jobs list`: what waits, kind by kind, and what was given up. What is done about it, is done by a person with a
//! name, at `/admin/jobs`.

use serde_json::json;

use super::{
    Outcome,
    balance::{drawn, tell},
};
use crate::{app::cli::Common, jobs, platform::Clock};

/// Counts the queue; findings, if anything was given up.
pub(in crate::app) async fn jobs_list(common: &Common) -> Result<(), Outcome> {
    let now = Clock::system().now();
    let kinds = drawn(common, move |c| jobs::census(c, now)).await?;
    let dead: i64 = kinds.iter().map(|one| one.dead).sum();
    let told: Vec<_> = kinds
        .iter()
        .map(|one| {
            json!({
                "kind": one.kind, "waiting": one.waiting, "oldest": one.oldest, "later": one.later,
                "running": one.running, "dead": one.dead,
            })
        })
        .collect();
    tell(common, &json!({ "kinds": told, "dead": dead }), dead == 0, |out| {
        for one in &kinds {
            let jobs::Kind { kind, waiting, later, running, dead, .. } = one;
            let since = one.oldest.map_or_else(String::new, |at| format!(" since {}", at.to_rfc3339()));
            out.line(format_args!(
                "{kind}: {waiting} due{since}, {running} running, {later} for later, {dead} given up"
            ));
        }
        if dead > 0 {
            out.line(format_args!("{dead} were given up; see /admin/jobs"));
        }
    })
}
