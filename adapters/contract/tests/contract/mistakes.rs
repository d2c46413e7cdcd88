//! Mistakes of notation, found by the parsers and said in plain words with their lines.

use yimen_contract::{Severity, package};

use crate::folder::Folder;

const SERVICE: &str = "services/YZ02022.toml";

#[test]
fn a_mistake_of_notation_names_its_line() {
    let folder = Folder::agency().with(SERVICE, r#"status = "online""#, r#"status = "online"#);
    folder.says(&[
        "services/YZ02022.toml:3: The file cannot be read from here on: invalid basic string, expected \
                   `\"`. Correct this line; the rest of the file has not been checked.",
    ]);
}

#[test]
fn an_unknown_field_hides_nothing_behind_it() {
    let folder = Folder::agency()
        .with(SERVICE, "summary =", "sumary =")
        .with(SERVICE, "copies = 1", "copies = 1\ncolour = 3")
        .with(SERVICE, "visits = 1", "visits = 7");
    folder.says(&[
        "services/YZ02022.toml: summary: This field is missing. Add it.",
        "services/YZ02022.toml:7: sumary: There is no field `sumary` here. Did you mean `summary`?",
        "services/YZ02022.toml:54: papers[1].colour: There is no field `colour` here. Remove it. The fields here \
         are `name`, `form`, `copies`, `original`, `source`, `necessity`, `when`, `may_be_late` and `note`.",
    ]);
}

#[test]
fn all_missing_fields_are_named_together() {
    let folder = Folder::agency()
        .with(SERVICE, "item_type = \"permit\"\n", "")
        .with(SERVICE, "legal = { days = 20, unit = \"working\" }", "legal = { days = 20 }")
        .with(SERVICE, "role = { zh = \"专家\", en = \"Experts\" }\n", "");
    folder.says(&[
        "services/YZ02022.toml: item_type: This field is missing. Add it.",
        "services/YZ02022.toml:26: time.legal.unit: This field is missing. Add it.",
        "services/YZ02022.toml:63: steps[1].role: This field is missing. Add it.",
    ]);
}

#[test]
fn an_empty_file_learns_what_belongs_in_it() {
    let findings =
        package::load("vehicle-office", &Folder::agency().put("agency.toml", "").files()).unwrap_err();
    let fields: Vec<_> = findings.iter().filter_map(|finding| finding.field.as_deref()).collect();
    assert_eq!(
        fields,
        ["about", "backend", "code", "contact", "credit_code", "fields", "format", "kind", "name"]
    );
}

#[test]
fn wrong_words_and_values() {
    Folder::agency().with(SERVICE, r#"status = "online""#, r#"status = "onlin""#).says(&[
        "services/YZ02022.toml:3: status: `onlin` is not known here. Did you mean `online`? Write `online`, \
         `draft` or `retired`.",
    ]);
    Folder::agency().with(SERVICE, "agent_allowed = true", "agent_allowed = \"yes\"").says(&[
        "services/YZ02022.toml:12: agent_allowed: The text \"yes\" does not fit here. Write true or false, without \
         quotation marks.",
    ]);
    Folder::agency().with(SERVICE, "visits = 1", "visits = 300").says(&[
        "services/YZ02022.toml:17: visits: The number `300` does not fit here. Write a whole number from 0 to 255.",
    ]);
    Folder::agency().with(SERVICE, r#"{ zh = "受理", en = "Acceptance" }"#, r#""受理""#).says(&[
        "services/YZ02022.toml:60: steps[0].name: The text \"受理\" does not fit here. Write the text in both \
         languages: { zh = \"…\", en = \"…\" }.",
    ]);
    Folder::agency().with("policies/licence-renewal.toml", "2025-02-01", "2025-02-30").says(&[
        "policies/licence-renewal.toml:6: The file cannot be read from here on: invalid date, expected \
         day between 01 and 28. Correct this line; the rest of the file has not been checked.",
    ]);
    Folder::agency().with("policies/licence-renewal.toml", "\"2030-01-31\"", "\"31.1.2030\"").says(&[
        "policies/licence-renewal.toml:7: valid_until: This is not a date that can be read. Write dates as \
         2025-01-31 and times as 2025-01-31T08:00:00+08:00.",
    ]);
}

#[test]
fn a_newer_format_is_not_guessed_at() {
    let folder = Folder::agency().with("agency.toml", "format = 1", "format = 2\nnew_field = true");
    folder.says(&[
        "agency.toml:1: format: This portal does not read format 2. Write format = 1, and follow that \
                   format.",
    ]);
}

#[test]
fn json_is_checked_for_its_notation() {
    Folder::agency()
        .put("samples/submit.json", "{\n  \"a\": 1,\n}")
        .says(&["samples/submit.json:3: This is not JSON from here on: trailing comma. Correct this line."]);
}

#[test]
fn identity_numbers_are_refused_wherever_they_stand() {
    let told = "This looks like the identity number of a person. Use a number of the region 990101, which \
                belongs to nobody.";
    let lines = [format!("README.md:3: {told}"), format!("policies/licence-renewal.toml:1: {told}")];
    let folder = Folder::agency().put("README.md", "# Who\n\n例：11010519491231002X。").with(
        "policies/licence-renewal.toml",
        "id = \"licence-renewal\"",
        "id = \"licence-renewal\" # 11010519491231002X",
    );
    folder.says(&lines.each_ref().map(String::as_str));
}

#[test]
fn findings_carry_line_column_and_severity() {
    let folder = Folder::agency().with(SERVICE, r#"en = "To see that it is you" }"#, "}");
    let reading = package::read("vehicle-office", &folder.files());
    let finding = reading.findings.iter().next().unwrap();
    assert_eq!(finding.severity, Severity::Warning);
    assert_eq!(
        (finding.line, finding.column, finding.field.as_deref()),
        (Some(38), Some(1), Some("visit.reason.en"))
    );
    assert!(reading.value.is_some());
}
