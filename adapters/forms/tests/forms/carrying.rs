//! A form changes while somebody is filling it in. Nothing they typed is lost.

use proptest::prelude::*;
use serde_json::{Value, json};
use yimen_forms::{Draft, Form, State};

use crate::folder::{RIGHT, posted, rich, rich_schema, today};

fn form(change: impl Fn(&mut Value)) -> Form {
    let mut schema = rich_schema();
    change(&mut schema);
    Form::read(&schema).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

fn without(schema: &mut Value, name: &str) {
    schema["properties"].as_object_mut().unwrap().remove(name);
    for word in ["x-order", "required"] {
        schema[word].as_array_mut().unwrap().retain(|known| known != name);
    }
}

#[test]
fn the_same_form_changes_nothing() {
    let draft = posted(&rich(), &RIGHT);
    let carried = rich().carry(&rich(), &draft, today());
    assert!(carried.draft == draft);
    assert!(carried.look_again.is_empty() && carried.set_aside.is_empty());
}

#[test]
fn what_is_no_longer_asked_is_set_aside_and_comes_back() {
    let old = rich();
    let draft = posted(&old, &RIGHT);
    let new = form(|schema| {
        without(schema, "plate");
        without(schema, "nicknames");
    });
    let carried = new.carry(&old, &draft, today());
    assert_eq!(carried.set_aside, ["nicknames[]", "plate"]);
    assert!(carried.look_again.is_empty());
    let aside: Vec<(&str, &[String])> = carried.draft.set_aside().collect();
    assert_eq!(aside[1], ("plate", ["测a 12345".to_owned()].as_slice()));
    assert!(new.fill(&carried.draft, today()).submission().is_ok());
    // The next version asks again; they look at it again.
    let back = old.carry(&new, &carried.draft, today());
    assert_eq!(back.draft.text("plate"), "测a 12345");
    assert_eq!(back.look_again, ["plate", "nicknames"]);
    assert_eq!(back.draft.set_aside().count(), 0);
}

#[test]
fn what_is_asked_otherwise_is_looked_at_again() {
    let old = rich();
    let mut draft = posted(&old, &RIGHT);
    let new = form(|schema| {
        schema["properties"]["income"]["x-label"]["zh"] = json!("年收入");
        schema["properties"]["reason"]["maxLength"] = json!(5);
        schema["properties"]["way"]["x-choices"]["post"]["zh"] = json!("快递到付");
        // Of another kind: what was typed does not mean the same.
        schema["properties"]["members"] =
            json!({ "type": "string", "x-label": { "zh": "人口" }, "pattern": "^[1-9]$" });
        schema["allOf"].as_array_mut().unwrap().remove(0);
    });
    let carried = new.carry(&old, &draft, today());
    assert_eq!(carried.set_aside, ["members"]);
    assert_eq!(carried.look_again, ["reason", "way", "income"]);
    assert_eq!(carried.draft.text("income"), "￥2,400.5");
    draft = carried.draft;
    // Those pages are open again until they are handed in; nobody is taken past them.
    let open: Vec<&str> = new
        .fill(&draft, today())
        .steps()
        .filter(|step| step.state == State::Open)
        .map(|step| step.page.id.as_str())
        .collect();
    assert_eq!(open, ["plate", "members", "income"]);
    let page = new.page_of("income").unwrap();
    draft.take(&new, page, [("income", "28,800")]).unwrap();
    assert_eq!(new.fill(&draft, today()).state(page), State::Done);
    assert!(!draft.to_look_at_again().any(|name| name == "income"));
}

#[test]
fn a_new_question_leaves_its_page_open() {
    let old = rich();
    let draft = posted(&old, &RIGHT);
    let new = form(|schema| {
        schema["properties"]["nation"] =
            json!({ "type": "string", "x-label": { "zh": "民族" }, "maxLength": 20 });
        schema["x-order"].as_array_mut().unwrap().insert(1, json!("nation"));
        schema["required"].as_array_mut().unwrap().push(json!("nation"));
    });
    let carried = new.carry(&old, &draft, today());
    assert!(carried.set_aside.is_empty() && carried.look_again.is_empty());
    let filled = new.fill(&carried.draft, today());
    assert_eq!(filled.unfinished().unwrap().id, "who");
    assert_eq!(filled.missing().collect::<Vec<_>>(), ["nation"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]
    /// Whatever is taken out of a form, everything typed is in the draft or aside, and comes back with the form.
    #[test]
    fn nothing_is_lost(gone in proptest::sample::subsequence(vec!["who", "number", "mail", "time", "reason", "topics", "yes", "nicknames", "agree"], 0..=9)) {
        let old = rich();
        let draft = posted(&old, &RIGHT);
        let new = form(|schema| for name in &gone { without(schema, name) });
        let carried = new.carry(&old, &draft, today());
        let all = |draft: &Draft| -> Vec<String> {
            let kept = serde_json::to_value(draft).unwrap();
            let both = ["typed", "aside"].map(|word| kept[word].as_object().cloned().unwrap_or_default());
            let mut texts: Vec<String> = both.iter().flatten().filter(|(_, typed)| typed != &&json!([])).map(|(name, typed)| format!("{name} {typed}")).collect();
            texts.sort();
            texts
        };
        prop_assert_eq!(all(&carried.draft), all(&draft));
        let back = old.carry(&new, &carried.draft, today());
        let (then, now) = (old.fill(&draft, today()), old.fill(&back.draft, today()));
        prop_assert_eq!(then.document(), now.document());
    }
}
