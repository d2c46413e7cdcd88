//! From what is typed to what is sent, and what is said about it.

use serde_json::{Value, json};
use yimen_forms::{Draft, Form, Limit, Problem};

use crate::folder::{RIGHT, day, posted, rich, today};

#[test]
fn a_whole_form_as_browsers_post_it_becomes_the_document_that_is_sent() {
    let form = rich();
    let draft = posted(&form, &RIGHT);
    let sent = form.fill(&draft, today()).submission().unwrap();
    assert_eq!(
        Value::Object(sent),
        json!({
            "who": "林晓", "number": "99010120151231003X", "code": "11990100990000025W", "phone": "13900000002",
            "mail": "lin@example.cn", "born": "1990-05-12", "month": "2026-03", "year": "2026", "time": "08:30",
            "area": 82.5, "plate": "测A12345", "reason": "孩子上学\n离家近", "way": "post",
            "post_to": "云江区通衢大道61号", "counter": "3号", "members": 6, "large": true, "income": 240_050,
            "until": "2026-03-06", "topics": ["c", "a"], "yes": false,
            "partner": { "name": "王晨", "works": true, "firm": "云州纺织" }, "partner_since": "2015-10-01",
            "children": [{ "name": "王林" }], "nicknames": ["林小"], "agree": true
        })
        .as_object()
        .map(|table| {
            let mut table = table.clone();
            // Asked only of those who want nothing sent: kept in the draft, not sent.
            table.remove("left");
            table.remove("until");
            Value::Object(table)
        })
        .unwrap()
    );
    // What was typed is still there, as it was typed.
    assert_eq!(draft.text("income"), "￥2,400.5");
    assert_eq!(draft.text("left.day"), "5");
}

fn wrong(form: &Form, changes: &[(&str, &str)]) -> Vec<(String, Problem)> {
    let root = |name: &str| name.split(['.', '[']).next().unwrap_or_default().to_owned();
    let anew = |name: &str| changes.iter().any(|(other, _)| root(other) == root(name));
    let answers: Vec<(&str, &str)> =
        RIGHT.iter().filter(|(name, _)| !anew(name)).chain(changes).copied().collect();
    let draft = posted(form, &answers);
    form.fill(&draft, today())
        .wrong()
        .iter()
        .map(|wrong| (wrong.name.clone(), wrong.problem.clone()))
        .collect()
}

/// What is changed, where something is wrong then, and what.
type Case = (&'static [(&'static str, &'static str)], &'static str, Problem);

#[test]
fn each_mistake_is_named_where_it_is() {
    let form = rich();
    let cases: Vec<Case> = vec![
        (&[("who", " ")], "who", Problem::Missing),
        (&[("who", "林")], "who", Problem::TooShort { least: 2 }),
        (
            &[("who", "一二三四五六七八九十一二三四五六七八九十一")],
            "who",
            Problem::TooLong { most: 20, now: 21 },
        ),
        (&[("number", "990101201512310031")], "number", Problem::WrongCheckDigit),
        (&[("number", "123")], "number", Problem::NotAnIdentityNumber),
        (&[("code", "11990100990000025A")], "code", Problem::WrongCheckDigit),
        (&[("phone", "问我儿子")], "phone", Problem::NotAPhone),
        (&[("mail", "lin")], "mail", Problem::NotAMail),
        (&[("born", "1990-02-30")], "born", Problem::NotADate),
        (&[("born.year", "1990"), ("born.month", ""), ("born.day", "3")], "born", Problem::NotADate),
        (&[("month", "2026-13")], "month", Problem::NotAMonth),
        (&[("year", "1999")], "year", Problem::NotAYear),
        (&[("time", "25:00")], "time", Problem::NotATime),
        (&[("area", "0.4")], "area", Problem::TooSmall { least: Limit::Number(0.5) }),
        (&[("plate", "京A12345")], "plate", Problem::NotInForm { example: Some("测A12345".to_owned()) }),
        (&[("way", "pigeon")], "way", Problem::NotOneOf),
        (&[("post_to.district", "云江区"), ("post_to.street", " ")], "post_to", Problem::Missing),
        (&[("post_to.district", ""), ("post_to.street", "阳光小区1号")], "post_to", Problem::NoDistrict),
        (&[("members", "0")], "members", Problem::TooSmall { least: Limit::Whole(1) }),
        (&[("members", "13")], "members", Problem::TooLarge { most: Limit::Whole(12) }),
        (&[("members", "2.5")], "members", Problem::NotWhole),
        (&[("members", "两个")], "members", Problem::NotANumber),
        (&[("large", "")], "large", Problem::MustAgree),
        (&[("income", "一百")], "income", Problem::NotAnAmount),
        (&[("income", "1.01")], "income", Problem::NotAMultiple { step: Limit::Fen(5) }),
        (&[("income", "1000001")], "income", Problem::TooLarge { most: Limit::Fen(100_000_000) }),
        (&[("topics", "a"), ("topics", "b"), ("topics", "c")], "topics", Problem::TooMany { most: 2 }),
        (&[("topics", "d")], "topics", Problem::NotOneOf),
        (&[("yes", "maybe")], "yes", Problem::NotYesOrNo),
        (&[("partner.works", "false")], "partner.name", Problem::Missing),
        (&[("partner.name", "王晨"), ("partner.works", "true")], "partner.firm", Problem::Missing),
        (&[("partner_since", "")], "partner_since", Problem::Missing),
        (&[("children[0].name", "")], "children", Problem::Missing),
        (
            &[("children[1].born", "2019-8-23"), ("children[1].school", "一小")],
            "children[1].name",
            Problem::Missing,
        ),
        (
            &[("children[2].name", "王林"), ("children[2].born", "2019-8-23")],
            "children[2].school",
            Problem::Missing,
        ),
        (
            &[
                ("children[0].name", "a1"),
                ("children[1].name", "a2"),
                ("children[2].name", "a3"),
                ("children[3].name", "a4"),
            ],
            "children",
            Problem::TooMany { most: 3 },
        ),
        (&[("agree", "")], "agree", Problem::MustAgree),
    ];
    for (changes, name, problem) in cases {
        assert_eq!(wrong(&form, changes), [(name.to_owned(), problem)], "{changes:?}");
    }
    assert_eq!(wrong(&form, &[]), []);
}

#[test]
fn an_address_typed_whole_or_with_its_district_twice_is_the_same() {
    let form = rich();
    for changes in [
        &[("post_to", " 云江区通衢大道61号")][..],
        &[("post_to.district", "云江区"), ("post_to.street", "云江区通衢大道61号")],
        &[("post_to.district", ""), ("post_to.street", "云江区通衢大道61号")],
    ] {
        assert_eq!(wrong(&form, changes), [], "{changes:?}");
        let draft = posted(&form, &[("way", "post")].iter().chain(changes).copied().collect::<Vec<_>>());
        assert_eq!(form.fill(&draft, today()).document()["post_to"], "云江区通衢大道61号");
    }
}

#[test]
fn an_address_elsewhere_says_where_it_is() {
    let form = rich();
    for street in
        ["广东省广州市越秀区府前路1号", "香港九龙弥敦道20号", "221B Baker Street, London", "法国巴黎第七区"]
    {
        let changes = [("post_to.district", ""), ("post_to.street", street)];
        assert_eq!(wrong(&form, &changes), [], "{street}");
    }
}

#[test]
fn what_hangs_on_a_hidden_question_is_hidden_with_it() {
    let form = rich();
    // `until` hangs on `left`, which is asked only where nothing is sent.
    let answers = [("way", "none"), ("left", "2026-03-05"), ("until", "")];
    assert!(wrong(&form, &answers).contains(&("until".to_owned(), Problem::Missing)));
    let draft = posted(&form, &[("way", "post"), ("left", "2026-03-05"), ("until", "x")]);
    let filled = form.fill(&draft, today());
    assert!(!filled.applies("left") && !filled.applies("until"));
    assert!(filled.problem("until").is_none());
}

#[test]
fn days_before_and_after_others() {
    let form = Form::read(&json!({
        "type": "object", "x-label": { "zh": "出行" }, "x-order": ["from", "until", "adult"], "required": ["from", "until"],
        "properties": {
            "from": { "type": "string", "format": "date", "x-label": { "zh": "从" }, "x-not-before": "today", "x-not-after": "today+6M" },
            "until": { "type": "string", "format": "date", "x-label": { "zh": "到" }, "x-not-before": { "field": "from" } },
            "adult": { "type": "string", "format": "date", "x-label": { "zh": "出生" }, "x-not-after": "today-18Y" }
        }
    }))
    .unwrap();
    let said = |from: &str, until: &str, adult: &str| {
        let draft = posted(&form, &[("from", from), ("until", until), ("adult", adult)]);
        let filled = form.fill(&draft, today());
        filled.wrong().first().map(|wrong| wrong.problem.clone())
    };
    assert_eq!(said("2026-11-21", "2026-11-21", "2008-11-21"), None);
    assert_eq!(said("2026-11-20", "2026-11-21", ""), Some(Problem::Before { first: today() }));
    assert_eq!(said("2027-05-22", "2027-05-22", ""), Some(Problem::After { last: day("2027-05-21") }));
    assert_eq!(said("2026-11-23", "2026-11-22", ""), Some(Problem::Before { first: day("2026-11-23") }));
    assert_eq!(
        said("2026-11-23", "2026-11-23", "2008-11-22"),
        Some(Problem::After { last: day("2008-11-21") })
    );
}

#[test]
fn a_document_told_again_is_the_same_document() {
    let form = rich();
    let draft = posted(&form, &RIGHT);
    let sent = form.fill(&draft, today()).submission().unwrap();
    let told = Draft::of(&form, &sent);
    assert_eq!(told.text("income"), "2400.50");
    assert_eq!(form.fill(&told, today()).submission().unwrap(), sent);
}
