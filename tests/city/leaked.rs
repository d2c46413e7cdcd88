//! Passwords that were leaked: with a list of them nobody may choose one, without it only the guessable are refused.

use std::{fs, path::Path};

use sha1::{Digest as _, Sha1};
use tempfile::TempDir;

use crate::{
    on_both_engines,
    town::{
        Answer, Engine, Town,
        browser::PASSWORD,
        program::{ended, run, yimen},
    },
};

/// A sentence that nobody guesses, and that was leaked all the same.
const LEAKED: &str = "seven green kettles on a hill";
const SETTING: &str = "YIMEN_PASSWORDS_LEAKED";

/// A list with this password among a thousand others.
fn list(folder: &Path) -> String {
    let others = (0..1000).map(|number| format!("other {number}"));
    let digits = |word: String| -> Vec<String> {
        Sha1::digest(word.as_bytes()).iter().map(|byte| format!("{byte:02X}")).collect()
    };
    let mut lines: Vec<String> =
        others.chain([LEAKED.to_owned()]).map(|word| digits(word).concat()).collect();
    lines.sort();
    let path = folder.join("leaked.txt");
    fs::write(&path, lines.join(":42\r\n") + ":42\r\n").unwrap();
    path.display().to_string()
}

impl Town {
    async fn choose(&self, password: &str) -> Answer {
        let fields =
            [("reach", "13800000001"), ("password", password), ("again", password), ("agree", "yes")];
        self.browser().submit("/register", &fields).await
    }
}

#[actix_web::test]
async fn a_leaked_password_is_refused_wherever_one_is_chosen() {
    let folder = TempDir::new().unwrap();
    let path = list(folder.path());
    let town = Town::open_with(Engine::Sqlite, &[(SETTING, &path)]).await;
    let refused = town.choose(LEAKED).await;
    assert_eq!(refused.status, 422);
    assert!(refused.texts(".field-error").join("").contains("泄露"), "{}", refused.body);
    assert!(!refused.body.contains(LEAKED), "a password is not sent back");

    let lin = town.newcomer("13800000002").await;
    let change = |word| {
        let fields = [("now", PASSWORD), ("password", word), ("again", word)];
        let lin = &lin;
        async move { lin.submit("/me/security/password", &fields).await }
    };
    assert_eq!(change(LEAKED).await.status, 422);
    assert_eq!(change("eight blue kettles in a valley").await.status, 303);

    // Cut off while the portal runs: a list that nobody can read lets nobody through.
    fs::write(&path, "").unwrap();
    assert_eq!(town.choose("nine red kettles by the sea").await.status, 500);
    // What is guessable is refused without it.
    assert_eq!(town.choose("password123").await.status, 422);
    town.code_sent_to("13800000002").await;
    town.told().await;
    town.close().await;
}

on_both_engines! {
    async fn without_a_list_the_same_sentence_is_taken(town: Town) {
        assert_eq!(town.choose(LEAKED).await.status, 303);
        town.code_sent_to("13800000001").await;
        town.close().await;
    }
}

#[test]
fn the_operator_hears_what_is_wrong_with_the_list() {
    let folder = TempDir::new().unwrap();
    let here = folder.path();
    assert_eq!(run(here, &["keys", "new"]).0, 0);
    assert_eq!(run(here, &["migrate"]).0, 0);
    let path = list(here);
    let with = |arguments: &[&str]| ended(yimen(here, arguments).env(SETTING, &path));
    assert_eq!(with(&["config", "check"]).0, 0);
    let (status, report, _) = with(&["doctor"]);
    assert_eq!(status, 0, "{report}");
    assert!(report.contains(&format!("leaked passwords: {path}")), "{report}");

    let (one, two) = ("0".repeat(40), "1".repeat(40));
    for (text, problem) in [
        (Some(format!("{two}\n{one}\n")), "not in order"),
        (Some("passwords\nletmein\n".to_owned()), "no line with a SHA-1 hash"),
        (Some(String::new()), "is empty"),
        (None, "cannot be read"),
    ] {
        match &text {
            Some(text) => fs::write(&path, text).unwrap(),
            None => fs::remove_file(&path).unwrap(),
        }
        let (status, report, _) = with(&["config", "check"]);
        assert!(status == 1 && report.contains(problem) && report.contains(&path), "{status} {report}");
        let (status, report, _) = with(&["doctor"]);
        assert!(status == 1 && report.contains(problem), "{status} {report}");
    }
    let (status, _, trouble) = with(&["serve"]);
    assert!(status == 2 && trouble.contains("passwords.leaked"), "{status} {trouble}");
    assert!(!run(here, &["doctor"]).1.contains("leaked"), "nothing is said of a list that nobody asked for");
}
