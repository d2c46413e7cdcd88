//! From page to page, on any device; and the summary at the end.

use serde_json::json;
use yimen_forms::model::LicencePart;
use yimen_forms::{Draft, Form, Origin, Shown, State};

use crate::folder::{RIGHT, posted, rich, today};

#[test]
fn one_page_after_the_other_until_only_the_summary_is_left() {
    let form = rich();
    let mut draft = Draft::default();
    let mut seen = Vec::new();
    loop {
        let unfinished = form.fill(&draft, today()).unfinished();
        let Some(page) = unfinished else { break };
        assert!(!seen.contains(&page.id), "{} does not end", page.id);
        seen.push(page.id.clone());
        draft.take(&form, page, RIGHT).unwrap();
    }
    let filled = form.fill(&draft, today());
    assert!(filled.submission().is_ok());
    // Pages that did not apply were never asked.
    let skipped: Vec<&str> = filled
        .steps()
        .filter(|step| step.state == State::Skipped)
        .map(|step| step.page.id.as_str())
        .collect();
    assert_eq!(skipped, ["left", "until"]);
    assert!(skipped.iter().all(|page| !seen.iter().any(|seen| seen == page)));
    // Back and forth is the same way.
    let mut page = &form.pages[0];
    let mut way = vec![page.id.as_str()];
    assert!(filled.previous(page).is_none());
    while let Some(next) = filled.next(page) {
        assert_eq!(filled.previous(next).unwrap().id, page.id);
        assert_eq!(filled.place(next), (way.len() + 1, seen.len()));
        page = next;
        way.push(&page.id);
    }
    assert_eq!(way, seen);
}

#[test]
fn a_page_with_a_mistake_is_asked_again_and_one_not_seen_is_open() {
    let form = rich();
    let mut draft = posted(&form, &RIGHT);
    let page = form.page_of("born").unwrap();
    draft.take(&form, page, RIGHT.into_iter().filter(|(name, _)| *name != "born")).unwrap();
    let filled = form.fill(&draft, today());
    assert_eq!(filled.state(page), State::Wrong);
    assert_eq!(filled.unfinished().unwrap().id, page.id);
    assert_eq!(filled.missing().collect::<Vec<_>>(), ["born"]);
    assert_eq!(filled.wrong_on(page).count(), 1);
    assert_eq!(form.fill(&Draft::default(), today()).state(page), State::Open);
}

#[test]
fn changing_an_answer_changes_the_way() {
    let form = rich();
    let mut draft = posted(&form, &RIGHT);
    let way = form.page_of("way").unwrap();
    assert_eq!(form.fill(&draft, today()).next(way).unwrap().id, "post_to");
    draft
        .take(&form, way, RIGHT.map(|(name, text)| (name, if name == "way" { "none" } else { text })))
        .unwrap();
    let filled = form.fill(&draft, today());
    assert_ne!(filled.next(way).unwrap().id, "post_to");
    assert!(filled.applies("left") && !filled.applies("post_to") && !filled.applies("counter"));
}

#[test]
fn the_summary_says_what_is_meant() {
    let form = rich();
    let mut draft = posted(&form, &RIGHT);
    draft.attach(&form, "proof", "f-467c0a");
    let filled = form.fill(&draft, today());
    let review = filled.review();
    let shown = |name: &str| {
        let lines = review.iter().flat_map(|sheet| &sheet.lines);
        lines.into_iter().find(|line| line.name == name).map(|line| line.shown.clone())
    };
    assert!(shown("who") == Some(Shown::Text("林晓".to_owned())));
    assert!(shown("number") == Some(Shown::Identity("99010120151231003X".to_owned())));
    assert!(shown("born") == Some(Shown::Date("1990-05-12".parse().unwrap())));
    assert!(shown("month") == Some(Shown::Month("2026-03-01".parse().unwrap())));
    assert!(shown("income") == Some(Shown::Fen(240_050)));
    assert!(shown("area") == Some(Shown::Number(82.5)));
    assert!(shown("members") == Some(Shown::Whole(6)));
    assert!(matches!(shown("way"), Some(Shown::Choice(label)) if label.zh == "邮寄"));
    assert!(matches!(shown("topics"), Some(Shown::Choices(labels)) if labels.len() == 2));
    assert!(shown("yes") == Some(Shown::YesNo(false)) && shown("agree") == Some(Shown::Agreed));
    assert!(shown("proof") == Some(Shown::File("f-467c0a".to_owned())));
    assert!(shown("left").is_none(), "what does not apply is not shown");
    let Some(Shown::Items(names)) = shown("nicknames") else { panic!() };
    assert_eq!(names.iter().map(|line| line.name.as_str()).collect::<Vec<_>>(), ["nicknames[1]"]);
    let Some(Shown::Items(children)) = shown("children") else { panic!() };
    let Shown::Group(child) = &children[0].shown else { panic!() };
    assert!(child[0].name == "children[0].name" && child[1].shown == Shown::Blank);
    assert!(review.iter().all(|sheet| sheet.lines.iter().all(|line| line.wrong.is_none())));
}

#[test]
fn a_wrong_answer_is_shown_as_it_was_typed() {
    let form = rich();
    let mut draft = posted(&form, &RIGHT);
    draft.take(&form, form.page_of("born").unwrap(), [("born", "昨天"), ("phone", "139")]).unwrap();
    let filled = form.fill(&draft, today());
    let line =
        filled.review().into_iter().flat_map(|sheet| sheet.lines).find(|line| line.name == "born").unwrap();
    assert!(line.shown == Shown::Wrong("昨天".to_owned()) && line.wrong.is_some());
    assert_eq!(draft.text("born"), "昨天");
}

#[test]
fn what_is_known_is_offered_and_answers_nothing_by_itself() {
    let mut schema = crate::folder::rich_schema();
    schema["properties"]["reason"]["x-from"] = json!("licence.L04.number");
    schema["properties"]["born"]["x-from"] = json!("licence.L04.expires");
    let form = Form::read(&schema).unwrap();
    let from: Vec<&Origin> = form.origins().map(|(_, from)| from).collect();
    assert_eq!(from.len(), 4);
    assert!(from.contains(&&Origin::Licence { kind: "L04".to_owned(), part: LicencePart::Number }));
    let known = |from: &Origin| match from {
        Origin::Claim(_) => Some(json!("林晓")),
        Origin::Licence { part: LicencePart::Number, .. } => Some(json!("测A12345")),
        Origin::Licence { .. } | Origin::Record(_) => None,
    };
    let draft = Draft::default();
    let offers = form.offers(&draft, known);
    let names: Vec<(&str, &str)> =
        offers.iter().map(|offer| (offer.name.as_str(), offer.typed[0].as_str())).collect();
    assert_eq!(names, [("who", "林晓"), ("phone", "林晓"), ("reason", "测A12345"), ("yes", "false")]);
    assert!(offers[0].from.is_some() && offers[3].from.is_none());
    // Nothing was answered, and what was answered is not offered again.
    assert!(draft.is_empty());
    assert_eq!(form.fill(&draft, today()).state(&form.pages[0]), State::Open);
    assert!(form.offers(&posted(&form, &RIGHT), known).is_empty());
}
