//! Drafts: what is taken from a post and what is not.

use yimen_forms::{Draft, Form, TooMuch};

use crate::folder::{RIGHT, posted, rich, today};

fn page<'f>(form: &'f Form, field: &str) -> &'f yimen_forms::Page {
    form.page_of(field).unwrap()
}

#[test]
fn a_page_takes_its_own_questions_only() {
    let form = rich();
    let mut draft = posted(&form, &RIGHT);
    let before = draft.clone();
    let way = page(&form, "way");
    assert!(!way.fields.iter().any(|name| name == "agree" || name == "who"));
    let strangers = [
        ("way", "none"),
        ("who", "somebody"),
        ("agree", "on"),
        ("csrf", "x"),
        ("way.x", "y"),
        ("way[0]", "z"),
        ("", "q"),
    ];
    draft.take(&form, way, strangers).unwrap();
    assert_eq!(draft.text("way"), "none");
    assert_eq!(draft.text("who"), before.text("who"));
    for name in ["csrf", "way.x", "way[0]", ""] {
        assert_eq!(draft.text(name), "");
    }
}

#[test]
fn a_box_that_is_no_longer_ticked_is_not_ticked() {
    let form = rich();
    let mut draft = posted(&form, &RIGHT);
    let topics = page(&form, "topics");
    assert_eq!(draft.ticked("topics"), ["c", "a"]);
    draft.take(&form, topics, [("topics", "b")]).unwrap();
    assert_eq!(draft.ticked("topics"), ["b"]);
    draft.take(&form, topics, []).unwrap();
    assert!(draft.ticked("topics").is_empty());
    assert!(!form.fill(&draft, today()).document().contains_key("topics"));
    assert!(draft.was_asked("topics"));
}

#[test]
fn nobody_names_a_file_that_is_not_theirs() {
    let form = rich();
    let mut draft = posted(&form, &RIGHT);
    let proof = page(&form, "proof");
    draft.take(&form, proof, [("proof", "f-of-somebody-else")]).unwrap();
    assert_eq!(draft.text("proof"), "");
    assert!(draft.attach(&form, "proof", "f-467c0a"));
    assert!(!draft.attach(&form, "who", "f-467c0a"));
    // Other answers of the page come and go; the file stays until it is taken away.
    draft.take(&form, proof, []).unwrap();
    assert_eq!(draft.files(&form).collect::<Vec<_>>(), [("proof", "f-467c0a")]);
    draft.detach(&form, "proof");
    assert_eq!(draft.files(&form).count(), 0);
}

#[test]
fn items_are_added_and_taken_away() {
    let form = rich();
    let mut draft = posted(&form, &RIGHT);
    assert_eq!(draft.items(&form, "children"), 1);
    assert!(draft.add_item(&form, "children") && draft.add_item(&form, "children"));
    assert!(!draft.add_item(&form, "children"), "three at most");
    assert!(!draft.add_item(&form, "who") && !draft.add_item(&form, "nothing"));
    let children = page(&form, "children");
    let answers = [
        ("children[0].name", "大一"),
        ("children[1].name", "二二"),
        ("children[2].name", "三三"),
        ("children[2].born", "2020-1-1"),
    ];
    draft.take(&form, children, answers).unwrap();
    draft.remove_item(&form, "children[1]");
    assert_eq!(draft.items(&form, "children"), 2);
    assert_eq!((draft.text("children[0].name"), draft.text("children[1].name")), ("大一", "三三"));
    assert_eq!(draft.text("children[1].born"), "2020-1-1");
    for name in
        ["children", "children[]", "children[9]", "children[99999999999999999999]", "who[0]", "x[0]", "]["]
    {
        let before = draft.clone();
        draft.remove_item(&form, name);
        assert!(draft == before, "{name}");
    }
    // Blank items between others are no children.
    draft.take(&form, children, [("children[0].name", ""), ("children[2].name", "三三")]).unwrap();
    assert_eq!(form.fill(&draft, today()).document()["children"].as_array().unwrap().len(), 1);
}

#[test]
fn a_draft_holds_only_so_much() {
    let form = rich();
    let mut draft = posted(&form, &RIGHT);
    let before = draft.clone();
    let long = "长".repeat(30_000);
    assert_eq!(draft.take(&form, page(&form, "who"), [("who", long.as_str())]), Err(TooMuch));
    assert!(draft == before);
    // So many places do not exist.
    let names: Vec<String> = (0..5_000).map(|at| format!("children[{at}].name")).collect();
    let posted = names.iter().map(|name| (name.as_str(), "x"));
    draft.take(&form, page(&form, "children"), posted).unwrap();
    assert!(draft.items(&form, "children") <= 50);
    draft
        .take(
            &form,
            page(&form, "topics"),
            (0..5_000).map(|_| "topics").zip(names.iter().map(String::as_str)),
        )
        .unwrap();
    assert!(draft.ticked("topics").len() <= 4);
}

#[test]
fn a_draft_is_kept_and_found_as_it_was_and_shows_nothing_in_logs() {
    let form = rich();
    let draft = posted(&form, &RIGHT);
    let kept = serde_json::to_string(&draft).unwrap();
    assert!(serde_json::from_str::<Draft>(&kept).unwrap() == draft);
    let draft = posted(&form, &RIGHT.map(|(name, text)| (name, if name == "who" { "王二小" } else { text })));
    let filled = form.fill(&draft, today());
    let logged = format!("{draft:?} {filled:?} {:?}", filled.review());
    assert!(!logged.contains("王二小") && filled.document()["who"] == "王二小");
}
