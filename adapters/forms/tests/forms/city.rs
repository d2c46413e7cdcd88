//! Every form of the demo city.

use yimen_forms::{Form, Kind, Origin, Page, State};

use crate::folder::{city, example, today};

#[test]
fn every_form_reads_without_a_word_of_complaint() {
    let forms = city();
    let editor = jsonschema::validator_for(yimen_contract::schema::form().as_value()).unwrap();
    assert!(forms.len() > 300, "{}", forms.len());
    for (path, schema) in forms {
        let (form, mistakes) = Form::judge(&schema);
        assert_eq!(mistakes.iter().count(), 0, "{path}: {mistakes}");
        assert!(form.is_some());
        assert!(editor.is_valid(&schema), "{path}");
    }
}

#[test]
fn every_form_is_a_list_of_pages_with_each_question_once() {
    for (path, schema) in city() {
        let form = Form::read(&schema).unwrap();
        let on_pages: Vec<&str> =
            form.pages.iter().flat_map(|page| &page.fields).map(String::as_str).collect();
        let all: Vec<&str> = form.fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(on_pages, all, "{path}");
        // What a record brings along is not asked.
        let brought: Vec<&str> = form
            .origins()
            .filter(|(_, origin)| matches!(origin, Origin::Record(_)))
            .map(|(field, _)| field.name.as_str())
            .collect();
        let asked = |page: &Page| page.fields.iter().filter(|name| !brought.contains(&name.as_str())).count();
        assert!(form.pages.iter().all(|page| (1..=5).contains(&asked(page))), "{path}");
        let names: std::collections::BTreeSet<&str> =
            form.pages.iter().map(|page| page.id.as_str()).collect();
        assert_eq!(names.len(), form.pages.len());
        // What decides stands on a page before: nobody without script sees what does not concern them.
        for page in &form.pages {
            for field in form.on(page) {
                assert!(
                    field.deciders().all(|name| !page.fields.iter().any(|other| other == name)),
                    "{path}"
                );
            }
        }
    }
}

#[test]
fn every_form_filled_in_with_its_examples_can_be_handed_in() {
    for (path, schema) in city() {
        let form = Form::read(&schema).unwrap();
        let draft = example(&form, &schema);
        let filled = form.fill(&draft, today());
        let sent = filled.submission().unwrap_or_else(|wrong| panic!("{path}: {wrong:?}"));
        assert!(
            jsonschema::validator_for(&schema).unwrap().is_valid(&serde_json::Value::Object(sent)),
            "{path}"
        );
        assert!(filled.steps().all(|step| matches!(step.state, State::Done | State::Skipped)), "{path}");
        assert!(filled.unfinished().is_none());
        let lines = filled.review().iter().map(|sheet| sheet.lines.len()).sum::<usize>();
        assert_eq!(lines, form.fields.iter().filter(|field| filled.applies(&field.name)).count());
    }
}

#[test]
fn the_flagship_takes_one_page() {
    let (_, schema) = city().into_iter().find(|(path, _)| path.ends_with("handle-violation.json")).unwrap();
    let form = Form::read(&schema).unwrap();
    let pages: Vec<&[String]> = form.pages.iter().map(|page| page.fields.as_slice()).collect();
    assert_eq!(pages, [&["violation", "plate", "driver", "facts", "told", "electronic"]]);
    assert_eq!(form.field("facts").unwrap().kind, Kind::Agree);
}

#[test]
fn an_address_is_asked_only_of_those_who_want_post() {
    let (_, schema) =
        city().into_iter().find(|(path, _)| path.ends_with("civil-affairs/forms/yz12013.json")).unwrap();
    let form = Form::read(&schema).unwrap();
    let mut draft = example(&form, &schema);
    let page = form.page_of("delivery").unwrap();
    for (way, applies) in [("post", true), ("counter", false)] {
        let posted = [
            ("household_size", "3"),
            ("income", "2,400"),
            ("hardship", "illness"),
            ("bank_name", "云州银行"),
            ("bank_account", "9900661122334455"),
            ("delivery", way),
        ];
        draft.take(&form, page, posted).unwrap();
        let filled = form.fill(&draft, today());
        assert_eq!(filled.applies("post_to"), applies);
        assert_eq!(filled.submission().is_ok_and(|sent| sent.contains_key("post_to")), applies);
        // What was typed is kept, should they change their mind.
        assert_eq!(draft.text("post_to"), "云江区通衢大道61号2单元304室");
    }
}
