//! Rules for the elements of a guide: time, fees, visits, papers and what else must be said.

use crate::folder::Folder;
use crate::service::{FILE, told};

#[test]
fn promises_keep_within_the_law() {
    told(
        "promised = { days = 10, unit = \"working\" }",
        "promised = { days = 30, unit = \"working\" }",
        &[
            "26: time.promised: 30 working days is more than the legal limit of 20. Promise at most the legal limit.",
        ],
    );
    told(
        "legal = { days = 20, unit = \"working\" }",
        "legal = { days = 13, unit = \"calendar\" }",
        &[
            "26: time.promised: 10 working days is about 14 calendar days, more than the legal limit of 13. Promise at \
         most the legal limit.",
        ],
    );
    told("legal = { days = 20, unit = \"working\" }", "legal = { days = 14, unit = \"calendar\" }", &[]);
    told(
        "completion = \"promised\"",
        "completion = \"instant\"",
        &[
            "26: time.promised: An instant service promises 10 working days. Write 0 days, or completion = \"promised\".",
        ],
    );
    told(
        "promised = { days = 10, unit = \"working\" }",
        "promised = { days = 0, unit = \"calendar\" }",
        &["26: time.promised: No days are promised. Write the number of days, or completion = \"instant\"."],
    );
}

#[test]
fn steps_fit_into_the_promise() {
    told(
        "counted = false",
        "counted = true",
        &[
            "59: warning: steps: The steps take 25 working days, more than the 10 promised. Shorten a step, promise \
         more, or mark the special step that is not counted.",
        ],
    );
}

#[test]
fn fees() {
    told(
        "amount_fen = 1000\n",
        "",
        &["29: fee.amount_fen: A fixed fee needs an amount. Write the amount in fen: 10 yuan are 1000."],
    );
    told(
        "basis = { zh = \"收费目录清单\", en = \"List of fees\" }\n",
        "",
        &["29: fee.basis: There is no fee without a legal basis. Name the rule that sets this fee."],
    );
    told(
        "mode = \"fixed\"",
        "mode = \"variable\"",
        &[
            "29: fee.standard: A variable fee needs its tariff in words. Say what costs how much.",
            "31: fee.amount_fen: A variable fee has no single amount. Describe the tariff in `standard` instead.",
        ],
    );
    told(
        "mode = \"fixed\"",
        "mode = \"free\"",
        &["31: fee.amount_fen: A free service costs nothing. Remove the amount, or change the mode."],
    );
}

#[test]
fn visits() {
    told(
        "visits = 1",
        "visits = 2",
        &["17: visits: 2 visits are too many. Write 0, or 1 if people have to come once."],
    );
    told(
        "visits = 1",
        "visits = 0",
        &["34: warning: visit: Nobody has to come, so this is not shown. Remove it, or write visits = 1."],
    );
    let text = Folder::agency().0[FILE].clone();
    let (from, to) = (text.find("[visit]").unwrap(), text.find("[[conditions]]").unwrap());
    Folder::agency().put(FILE, &format!("{}{}", &text[..from], &text[to..])).says(&[
        "services/YZ02022.toml: visit: People have to come once, but nobody says where. Add place, hours, what to \
         bring and the reason.",
    ]);
}

#[test]
fn papers() {
    told(
        "授权委托书",
        "其他材料",
        &["51: papers[1].name.zh: `其他材料` could mean anything. Name each paper that is needed."],
    );
    told(
        "Power of attorney",
        "Power of attorney and Other Documents",
        &["51: papers[1].name.en: `other documents` could mean anything. Name each paper that is needed."],
    );
    told(
        "when = { zh = \"由他人代办时\", en = \"When somebody acts for you\" }\n",
        "",
        &[
            "50: papers[1].when: Nobody can tell when this paper is needed. Say in which case, or mark it as required.",
        ],
    );
    told(
        "form = \"either\"",
        "form = \"electronic\"",
        &[
            "54: papers[1].original: An electronic document has no original to show. Write form = \"paper\" or \
         \"either\", or original = false.",
        ],
    );
    told(
        "授权委托书",
        "申请表",
        &["51: papers[1].name: `申请表` is asked for twice. Ask for each paper once."],
    );
}

#[test]
fn lists_that_must_say_something() {
    told(
        "delivery = [\"electronic\", \"post\"]",
        "delivery = []",
        &["77: result.delivery: This list is empty. Say how the result reaches people."],
    );
    let text = Folder::agency().0[FILE].clone();
    for (list, remedy) in [
        ("conditions", "Say who may use the service."),
        ("steps", "Say what happens, from the application to the result."),
        ("basis", "Name the law or rule that the service rests on."),
    ] {
        let tables = text.split_inclusive("\n\n").filter(|table| !table.starts_with(&format!("[[{list}]]")));
        let emptied = format!("{list} = []\n{}", tables.collect::<String>());
        Folder::agency()
            .put(FILE, &emptied)
            .says(&[&format!("services/YZ02022.toml:1: {list}: This list is empty. {remedy}")]);
    }
}

#[test]
fn contact_remedies_and_policies() {
    told(
        "\"12345\"",
        "\"12\"",
        &[
            "86: contact.complaint_phone: `12` has the wrong form. Write a phone number such as `0990-6612345`.",
        ],
    );
    told(
        "suit_months = 6",
        "suit_months = 0",
        &["94: remedies.suit_months: A term of zero leaves no time. Write the term, or remove this field."],
    );
    told(
        "可向市政府申请复议。",
        "",
        &["95: remedies.note.zh: The Chinese text is empty. Write it in Chinese."],
    );
    told(
        "policies = [\"licence-renewal\"]",
        "policies = [\"licence-loss\"]",
        &[
            "18: warning: policies[0]: There is no file policies/licence-loss.toml in this package. Add it, or remove \
         the name.",
        ],
    );
}
