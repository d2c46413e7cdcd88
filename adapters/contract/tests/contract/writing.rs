//! Rules for licences, policies and bulletins.

use crate::folder::Folder;

#[track_caller]
fn told(path: &str, old: &str, new: &str, lines: &[&str]) {
    let lines: Vec<String> = lines.iter().map(|line| format!("{path}:{line}")).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    Folder::agency().with(path, old, new).says(&lines);
}

#[test]
fn licences() {
    let path = "licences/L04.toml";
    told(
        path,
        "\"L04\"",
        "\"L05\"",
        &["1: code: The file is called `L04`, but `L05` stands here. Give both the same name."],
    );
    told(
        path,
        "check(3y)",
        "forever",
        &[
            "5: validity: `forever` is not a kind of validity. Begin each term with one of fixed, age_band, ladder, \
         endorse, inspect, tied_to, schedule, interval, session, long, check, annual_report.",
        ],
    );
    told(
        path,
        "check(3y)",
        "check(3y",
        &["5: validity: The brackets do not close. Close every bracket, and join terms with `+`."],
    );
    told(
        path,
        "\"-90D\"",
        "\"90 days\"",
        &[
            "6: renew_open: `90 days` has the wrong form. Write `expiry`, a day such as `fixed(03-01)`, or days (D), \
         months (M) or working days (W) from the expiry such as `-90D`.",
        ],
    );
    told(
        path,
        "[90, 30, 7, 1]",
        "[90, 7, 30]",
        &[
            "9: reminder_days[2]: 30 does not come after 7. Write the days from the longest to the shortest, each once.",
        ],
    );
    told(
        path,
        "\"YZ02022\"",
        "\"renewal\"",
        &[
            "10: renewal_service: `renewal` has the wrong form. Write the code of a service such as `YZ02022`.",
        ],
    );
}

#[test]
fn policies() {
    let path = "policies/licence-renewal.toml";
    told(
        path,
        "id = \"licence-renewal\"",
        "id = \"Licence Renewal\"",
        &[
            "1: id: The file is called `licence-renewal`, but `Licence Renewal` stands here. Give both the same name.",
            "1: id: `Licence Renewal` has the wrong form. Write lower-case letters, digits and dashes, such as \
         `licence-renewal-2026`.",
        ],
    );
    told(
        path,
        "\"2030-01-31\"",
        "\"2025-01-31\"",
        &["7: valid_until: The policy ends before it begins. Put the two dates in order."],
    );
    told(
        path,
        "issued = 2025-01-10",
        "issued = 2025-02-10",
        &[
            "6: warning: valid_from: The policy takes effect before it was issued. Check both dates; leave them if the \
         policy really reaches back.",
        ],
    );
    told(
        path,
        "[\"YZ02022\"]",
        "[\"renewal\"]",
        &["8: services[0]: `renewal` has the wrong form. Write the code of a service such as `YZ02022`."],
    );
}

#[test]
fn bulletins() {
    let path = "bulletins/winter-hours.toml";
    told(
        path,
        "\"2026-03-01T00:00:00Z\"",
        "\"2025-10-01T00:00:00Z\"",
        &[
            "5: expires: The notice ends before it is published. Put the two times in order.",
            "11: pinned.until: The notice stays up after it has expired. End no later than the notice itself.",
        ],
    );
    told(
        path,
        "\"2025-11-08T00:00:00Z\"",
        "\"2026-11-08T00:00:00Z\"",
        &["11: pinned.until: The notice stays up after it has expired. End no later than the notice itself."],
    );
    told(
        path,
        "\"2025-11-08T00:00:00Z\"",
        "\"2025-11-01T00:00:00Z\"",
        &["11: pinned.until: The notice is taken down before it is put up. Put the two times in order."],
    );
    told(
        path,
        "from = \"2025-11-01T00:00:00Z\"",
        "from = \"2025-10-01T00:00:00Z\"",
        &[
            "10: pinned.from: The notice is put up before it is published. Begin when it is published, or later.",
        ],
    );
}
