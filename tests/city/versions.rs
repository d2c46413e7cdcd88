//! A form that its agency changes while somebody fills it in: nothing that was typed is lost, and nothing is handed in unseen.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use yimen::agencies;
use yimen_contract::Files;

use crate::{
    cases::{ANSWERS, START, lin},
    on_both_engines,
    people::Browser,
    town::{Town, packages},
};

const AGENCY: &str = "transport";
const FORM: &str = "forms/yz13022.json";
const BIRTH: &str = "/services/YZ01013/start";

fn texts() -> BTreeMap<String, String> {
    let files = Files::read_folder(&packages().join("agencies").join(AGENCY));
    files.iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}

fn edit(texts: &mut BTreeMap<String, String>, path: &str, from: &str, to: &str) {
    let text = texts.get_mut(path).unwrap();
    assert!(text.contains(from), "{from} in {path}");
    *text = text.replace(from, to);
}

/// The form asks one question less, and stands in another file.
fn shorter() -> BTreeMap<String, String> {
    let mut all = texts();
    let mut form: Value = serde_json::from_str(&all.remove(FORM).unwrap()).unwrap();
    form["properties"].as_object_mut().unwrap().remove("fix_reason").unwrap();
    form["x-order"] = json!(["cert_number"]);
    form["required"] = json!(["cert_number"]);
    all.insert("forms/replace.json".to_owned(), form.to_string());
    edit(&mut all, "services/YZ13022.toml", FORM, "forms/replace.json");
    edit(&mut all, "samples/case-submit-yz13022.json", r#", "fix_reason": "lost""#, "");
    edit(&mut all, "samples/case-submit-yz13022.json", r#""BHYY": "lost", "#, "");
    all
}

async fn install(town: &Town, texts: &BTreeMap<String, String>) {
    let (now, files) = (town.clock.now(), Files::gather(texts));
    town.db.tx(move |c| agencies::install(c, now, AGENCY, &files)).await.unwrap();
    town.portal().refresh().await.unwrap();
}

on_both_engines! {
    async fn a_form_that_changes_under_a_draft_loses_nothing(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        let (review, other) = (lin.fills(START, &ANSWERS).await, lin.fills(START, &ANSWERS).await);
        let mut next = shorter();
        install(&town, &next).await;
        // The summary says that something fell away, and can be handed in as it is.
        let text = lin.reads(&review).await;
        assert!(text.contains("新版本") && text.contains("TS990100118823") && !text.contains("办理原因"), "{text}");
        let case = lin.hands_in(&review).await;
        assert!(case.starts_with("/me/cases/"), "{case}");
        assert!(lin.reads(&case).await.contains("TS990100118823"), "it is read by the form that it was handed in by");
        // One that goes on in the new version is a draft of it, and is taken along into the next.
        let page = other.replace("/review", "/pages/cert_number");
        assert_eq!(lin.post(&page, &ANSWERS[..1]).await.status, 303);
        edit(&mut next, "forms/replace.json", "证书编号", "资格证号码");
        install(&town, &next).await;
        let summary = lin.get(&other).await.ok();
        assert!(summary.attributes("main form", "action").iter().all(|action| !action.ends_with("/submit")));
        let submit = other.replace("/review", "/submit");
        assert_eq!(lin.post(&submit, &[]).await.location(), other, "what is asked otherwise is not handed in unseen");
        // The question is marked, and the answer stands in it.
        let asked = lin.get(&page).await.ok();
        assert_eq!(asked.attributes("#cert_number", "value"), ["TS990100118823"]);
        assert!(asked.texts("main").join(" ").contains("这个问题有变化"), "{}", asked.body);
        assert_eq!(lin.post(&page, &ANSWERS[..1]).await.status, 303);
        assert!(lin.hands_in(&other).await.starts_with("/me/cases/"));
        town.close().await;
    }

    /// What must be answered because of an answer before it is not called optional.
    async fn what_an_answer_calls_for_is_not_optional(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 4).await;
        let answers = [
            ("child_name", "林之然"),
            ("child_sex", "girl"),
            ("child_born", "2026-10-28"),
            ("birth_paper", "Z990100318"),
            ("follows", "mother"),
            ("station", "政和路派出所"),
            ("delivery", "post"),
        ];
        let mut at = lin.post(BIRTH, &[]).await.location();
        for _ in 0..2 {
            at = lin.post(&at, &answers).await.location();
        }
        assert!(at.ends_with("/pages/post_to"), "{at}");
        let page = lin.get(&at).await.ok();
        assert!(page.texts("main .optional").is_empty());
        // The district is chosen from a list; the example of what is typed does not begin with it.
        assert!(page.texts("main .field-hint").concat().contains("例如：通衢大道"), "{:?}", page.texts("main .field-hint"));
        assert_eq!(lin.post(&at, &answers).await.status, 422);
        // Neither is a road without its district an address.
        let road = lin.post(&at, &[("post_to.district", ""), ("post_to.street", "通衢大道61号")]).await;
        assert!(road.status == 422 && road.texts(".errors").concat().contains("请选区和街道"), "{}", road.status);
        town.close().await;
    }
}
