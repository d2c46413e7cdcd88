//! Which questions a correction opens: those that the agency named, and those that its answers call for.

use yimen_contract::service::Service;
use yimen_forms::{Field, Filled, Form, Page};

use crate::{cases::papers::places, catalogue::filling::word, platform::Texts};

/// The question that an agency means, by its name in the form or by its words.
fn meant<'f>(form: &'f Form, about: &str) -> Option<&'f Field> {
    let root = about.split(['.', '[']).next().unwrap_or(about);
    form.fields.iter().find(|field| field.name == root || field.label.zh == about || field.label.en == about)
}

/// What a correction is about, as people read it: a question, a paper of the guide, or the agency's own words.
pub fn label(t: Texts, form: &Form, service: Option<&Service>, about: &str) -> String {
    let paper = || service.into_iter().flat_map(places::sent).find(|place| place.is_meant(about));
    let name = meant(form, about).map(|field| word(t, &field.label));
    name.or_else(|| paper().map(|place| word(t, &place.name))).unwrap_or_else(|| about.to_owned())
}

/// The page of a correction. Where the agency names nothing that the form asks, and no paper, everything can be changed:
/// whoever has to put something right must not stand before a page without it. What is wrong with other answers, now
/// that these have changed, opens them too.
pub fn page(form: &Form, asked: &[(String, String)], filled: &Filled<'_, '_>, papers: bool) -> Page {
    let named = |field: &Field| {
        let about =
            |(about, _): &(String, String)| meant(form, about).is_some_and(|one| one.name == field.name);
        asked.iter().any(about)
    };
    let none = !papers && !form.fields.iter().any(named);
    let wrong = |field: &Field| filled.wrong().iter().any(|wrong| begins(&wrong.name, &field.name));
    let open = form.fields.iter().filter(|field| none || named(field) || wrong(field));
    let fields = open.map(|field| field.name.clone()).collect();
    Page { id: "correct".to_owned(), title: None, hint: None, fields }
}

/// Whether a place belongs to a question: `child[1].name` to `child`.
fn begins(place: &str, field: &str) -> bool {
    place.strip_prefix(field).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use yimen_forms::Draft;

    use super::*;

    fn form() -> Form {
        let question = |zh: &str| json!({ "type": "string", "title": zh, "x-label": { "zh": zh, "en": zh } });
        let schema = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "补证",
            "x-label": { "zh": "补证", "en": "Replace" },
            "x-order": ["number", "place", "reason"],
            "type": "object",
            "properties": { "number": question("证书编号"), "place": question("地址"), "reason": question("原因") },
            "required": ["number"],
            "additionalProperties": false
        });
        Form::read(&schema).unwrap_or_else(|mistakes| panic!("{mistakes}"))
    }

    fn opened(about: &[&str], number: &str) -> Vec<String> {
        opened_beside(about, number, false)
    }

    fn opened_beside(about: &[&str], number: &str, papers: bool) -> Vec<String> {
        let form = form();
        let document = json!({ "number": number, "place": "政和路8号" });
        let draft = Draft::of(&form, document.as_object().unwrap());
        let asked: Vec<_> = about.iter().map(|about| ((*about).to_owned(), String::new())).collect();
        page(&form, &asked, &form.fill(&draft, "2026-11-20".parse().unwrap()), papers).fields
    }

    #[test]
    fn only_what_was_asked_for_is_open() {
        assert_eq!(opened(&["place"], "1"), ["place"]);
        assert_eq!(opened(&["地址"], "1"), ["place"], "by its words");
        assert_eq!(opened(&["place[0].street", "place"], "1"), ["place"]);
        assert_eq!(opened(&["身份证复印件", "place"], "1"), ["place"], "a paper that is no question");
    }

    #[test]
    fn nobody_stands_before_a_page_without_what_is_to_be_changed() {
        assert_eq!(opened(&["身份证复印件"], "1"), ["number", "place", "reason"]);
        assert_eq!(opened(&["place"], ""), ["number", "place"], "what is wrong now is open too");
        assert_eq!(opened_beside(&["身份证复印件"], "1", true), [""; 0], "a paper that is handed in here");
        assert_eq!(opened_beside(&["身份证复印件"], "", true), ["number"]);
    }
}
