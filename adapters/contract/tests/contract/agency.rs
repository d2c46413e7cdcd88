//! Rules for `agency.toml`.

use crate::folder::Folder;

const FILE: &str = "agency.toml";
const ALIAS: &str = "Write an alias such as `police-gateway`; the operator binds the address.";

#[track_caller]
fn told(old: &str, new: &str, lines: &[&str]) {
    Folder::agency().with(FILE, old, new).says(lines);
}

#[test]
fn codes_and_names() {
    told("\"A03\"", "\"03\"", &["agency.toml:2: code: `03` has the wrong form. Write a code such as `A02`."]);
    told(
        "\"traffic\"",
        "\"Traffic\"",
        &[
            "agency.toml:5: fields[0]: `Traffic` has the wrong form. Write lower-case words such as `traffic`.",
        ],
    );
    told(
        "\"traffic\"",
        "\"vehicle\"",
        &["agency.toml:5: fields[1]: `vehicle` is listed twice. Remove one of the two."],
    );
    told(
        "\"public-security\"",
        "\"vehicle-office\"",
        &[
            "agency.toml:6: parent: The agency cannot belong to itself. Name the agency above it, or remove this field.",
        ],
    );
    told(
        "33P\"",
        "33Q\"",
        &[
            "agency.toml:7: credit_code: `11990100990000033Q` is not a unified credit code. Compare all 18 characters \
         with the certificate; the last one checks the others.",
        ],
    );
}

#[test]
fn contact() {
    told(
        "0990-5031000",
        "",
        &[
            "agency.toml:11: contact.phone: `` has the wrong form. Write a phone number such as `0990-6612345`.",
        ],
    );
    told(
        "0990-5031009",
        "ask",
        &["agency.toml:12: contact.complaint_phone: `ask` has the wrong form. Write a phone number such as \
         `0990-6612345`."],
    );
    told(
        "office@example.cn",
        "office",
        &[
            "agency.toml:15: contact.email: `office` has the wrong form. Write a mail address such as `office@example.cn`.",
        ],
    );
    told(
        "https://vehicles",
        "vehicles",
        &[
            "agency.toml:16: contact.website: `vehicles.example.cn/` has the wrong form. Write an address that begins \
         with https://.",
        ],
    );
}

#[test]
fn an_endpoint_is_an_alias() {
    let lines = [
        format!(
            "agency.toml:20: backend.endpoint: `https://10.0.0.5/api` is an address, not an alias. {ALIAS}"
        ),
        format!("agency.toml:20: backend.endpoint: `10.0.0.5` is an address, not an alias. {ALIAS}"),
        format!("agency.toml:20: backend.endpoint: `Vehicle Office` is not an alias. {ALIAS}"),
    ];
    let values = ["\"https://10.0.0.5/api\"", "\"10.0.0.5\"", "\"Vehicle Office\""];
    for (value, line) in values.iter().zip(&lines) {
        told("\"vehicle-office\"", value, &[line]);
    }
    told(
        "endpoint = \"vehicle-office\"\n",
        "",
        &[&format!("agency.toml:18: backend.endpoint: The endpoint is missing. {ALIAS}")],
    );
}

#[test]
fn an_agency_that_works_in_the_portal() {
    told(
        "driver = \"soap\"",
        "driver = \"desk\"",
        &[
            "agency.toml:20: backend.endpoint: An agency that works in the portal has no endpoint. Remove this field.",
            "agency.toml:21: backend.auth: The driver `desk` and the way of signing in `portal-account` belong \
         together. Write both, or neither.",
        ],
    );
    told(
        "auth = \"ws-security\"",
        "auth = \"portal-account\"",
        &[
            "agency.toml:21: backend.auth: The driver `desk` and the way of signing in `portal-account` belong \
         together. Write both, or neither.",
        ],
    );
}

#[test]
fn secrets_are_names() {
    let refused = "agency.toml:22: backend.secrets[1]: This looks like the value of a secret, or is not a plain name. \
                   Write a name such as `signing-key`; the operator supplies the value. If it was a real secret, \
                   replace it now.";
    for value in ["Pa55w0rd!", "9f86d081884c7d65", "k9f86d081884c7d659a2f", "", "hunter-2x8fjq93kd"] {
        told("\"password\"", &format!("\"{value}\""), &[refused]);
    }
    told(
        "\"password\"",
        "\"username\"",
        &["agency.toml:22: backend.secrets[1]: This secret is named twice. Remove one of the two."],
    );
    told(
        "[\"username\", \"password\"]",
        "[]",
        &[
            "agency.toml:22: warning: backend.secrets: This way of signing in needs a secret, and none is named. Name \
         each secret that the operator must supply, such as `signing-key`.",
        ],
    );
}

#[test]
fn times_of_the_backend() {
    told(
        "3000",
        "5",
        &[
            "agency.toml:23: backend.deadline_ms: A call cannot be given 5 milliseconds. Write a number from 100 to 60000.",
        ],
    );
    told(
        "\"22:00\"",
        "\"24:00\"",
        &[
            "agency.toml:27: backend.closed[0].from: `24:00` is not a time of day. Write hours and minutes such as 08:30.",
        ],
    );
    told(
        "\"24:00\"",
        "\"9:00\"",
        &[
            "agency.toml:28: backend.closed[0].to: `9:00` is not a time of day. Write hours and minutes such as 08:30, \
         or 24:00 for the end of the day.",
        ],
    );
    told(
        "\"24:00\"",
        "\"22:00\"",
        &[
            "agency.toml:28: backend.closed[0].to: The span ends when it begins. Write 00:00 to 24:00 for a whole day.",
        ],
    );
}

#[test]
fn the_daily_file() {
    told(
        "deadline_ms = 3000",
        "daily_file_at = \"06:30\"",
        &[
            "agency.toml:23: backend.daily_file_at: Only the driver `csv` has a daily file. Remove this field.",
        ],
    );
    told(
        "\"soap\"",
        "\"csv\"",
        &[
            "agency.toml:18: warning: backend.daily_file_at: Nobody can say when the next file comes. Write the time of \
         day at which the file arrives, such as 06:30.",
        ],
    );
    let csv = Folder::agency().with(FILE, "\"soap\"", "\"csv\"");
    csv.with(FILE, "deadline_ms = 3000", "daily_file_at = \"24:00\"").says(&[
        "agency.toml:23: backend.daily_file_at: `24:00` has the wrong form. Write hours and minutes such as 06:30.",
    ]);
}
