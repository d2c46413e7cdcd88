//! Rules for `services/*.toml`: codes, texts and access.

use crate::folder::Folder;

pub const FILE: &str = "services/YZ02022.toml";

/// Breaks the sample service in one place; `lines` are the findings without the name of the file.
#[track_caller]
pub fn told(old: &str, new: &str, lines: &[&str]) {
    let lines: Vec<String> = lines.iter().map(|line| format!("{FILE}:{line}")).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    Folder::agency().with(FILE, old, new).says(&lines);
}

#[test]
fn codes() {
    told(
        "code = \"YZ02022\"",
        "code = \"YZ02023\"",
        &["1: code: The file is called `YZ02022`, but `YZ02023` stands here. Give both the same name."],
    );
    told(
        "code = \"YZ02022\"",
        "code = \"yz1\"",
        &[
            "1: code: The file is called `YZ02022`, but `yz1` stands here. Give both the same name.",
            "1: code: `yz1` has the wrong form. Write two capital letters and five digits, such as `YZ02022`.",
        ],
    );
    told(
        "\"990Z02022000-990100000000-000-11990100990000033P-1-00\"",
        "\"990 z\"",
        &[
            "2: item_code: `990 z` has the wrong form. Write the code from the item list: capital letters, digits and \
         dashes.",
        ],
    );
    told(
        "domain = \"D02\"",
        "domain = \"traffic\"",
        &["4: domain: `traffic` has the wrong form. Write the code of a domain such as `D02`."],
    );
    told(
        "\"D02-4\"",
        "\"D024\"",
        &["5: class: `D024` has the wrong form. Write the code of a class such as `D02-1`."],
    );
    told(
        "zones = [\"senior\"]",
        "zones = [\"senior\", \"senior\"]",
        &["13: zones[1]: `senior` is listed twice. Remove one of the two."],
    );
    told(
        "[\"healthcare-security\"]",
        "[\"vehicle-office\"]",
        &[
            "14: joint_with[0]: The agency itself leads and is not among the others. Remove it from this list.",
        ],
    );
}

#[test]
fn a_code_is_used_once() {
    let text = Folder::agency().0[FILE].clone();
    Folder::agency().put("services/YZ02023.toml", &text).says(&[
        "services/YZ02023.toml:1: code: The file is called `YZ02023`, but `YZ02022` stands here. Give both the same \
         name.",
        "services/YZ02023.toml:1: code: The service code `YZ02022` is already used in services/YZ02022.toml. Use \
         each only once.",
        "services/YZ02023.toml:2: item_code: The item code \
         `990Z02022000-990100000000-000-11990100990000033P-1-00` is already used in services/YZ02022.toml. Use each \
         only once.",
    ]);
}

#[test]
fn texts() {
    told(
        "{ zh = \"驾驶证期满换证\", en = \"Renew driving licence\" }",
        "{ zh = \" \", en = \"Renew\" }",
        &["6: name.zh: The Chinese text is empty. Write it in Chinese."],
    );
    told(
        ", en = \"Renew driving licence\"",
        "",
        &[
            "6: warning: name.en: The English text is missing. Write it in English too; until then readers of English \
         see the Chinese.",
        ],
    );
    told(
        "驾驶证期满换证\"",
        &format!("{}\"", "长".repeat(61)),
        &["6: name.zh: This text has 61 characters, more than the 60 allowed here. Shorten it."],
    );
    told(
        "Renew a driving licence that expires.",
        &"x".repeat(601),
        &["7: summary.en: This text has 601 characters, more than the 600 allowed here. Shorten it."],
    );
    told(
        "在九十日内到期。",
        "在\\u202e九十日内到期。",
        &["41: conditions[0].zh: This text holds a character that cannot be seen. Type the text again."],
    );
    told("在九十日内到期。", "\\n在九十日内到期。", &[]);
    told(
        "Driving licence\"",
        "Driving\\nlicence\"",
        &["76: result.name.en: This text has more than one line. Write it on one line."],
    );
    told("\"换驾照\"", "\"\"", &["15: synonyms[0]: This word is empty. Write it, or remove it."]);
}

#[test]
fn who_may_use_it() {
    told(
        "assurance = 4",
        "assurance = 1",
        &["11: assurance: There is no assurance level 1. Write 0 if nobody has to sign in, or 2, 3, 4 or 5."],
    );
    told(
        "assurance = 4",
        "assurance = 0",
        &[
            "11: warning: assurance: This service changes a licence, but nobody has to sign in. Ask for the level at \
         which the agency can be sure who applies.",
        ],
    );
    told(
        "code = \"L04\"",
        "code = \"licence\"",
        &["21: licence.code: `licence` has the wrong form. Write the code of a licence such as `L04`."],
    );
    told(
        "months = [1, 12]",
        "months = [0, 13]",
        &[
            "16: months[0]: There is no month 0. Write numbers from 1 to 12.",
            "16: months[1]: There is no month 13. Write numbers from 1 to 12.",
        ],
    );
}

#[test]
fn a_file_full_of_mistakes_is_not_written_about_without_end() {
    let months: Vec<String> = (0..1_000).map(|_| "13".to_owned()).collect();
    let folder =
        Folder::agency().with(FILE, "months = [1, 12]", &format!("months = [{}]", months.join(", ")));
    let findings = yimen_contract::package::load("vehicle-office", &folder.files()).unwrap_err();
    assert_eq!(findings.len(), 201);
    let last = "services/YZ02022.toml: There is more to say about this file. Correct the rest first.";
    assert!(findings.iter().any(|finding| finding.to_string() == last));
}
