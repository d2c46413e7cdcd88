//! The log as machines read it: the real program, one line for each request, under the number its answer bears.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use crate::town::{
    Answer, Engine,
    program::{Running, run, yimen},
    template, visitor,
};

#[actix_web::test]
async fn a_line_in_json_bears_the_id_of_its_request_and_nothing_of_what_was_typed() {
    let folder = TempDir::new().unwrap();
    let database = template::database(Engine::Sqlite, folder.path()).await;
    assert_eq!(run(folder.path(), &["keys", "new"]).0, 0);
    let log = folder.path().join("log");
    let mut command = yimen(folder.path(), &["serve"]);
    command.envs([
        ("YIMEN_DATABASE_URL", database.as_str()),
        ("YIMEN_SERVER_LISTEN", "127.0.0.1:0"),
        ("YIMEN_LOG_FORMAT", "json"),
    ]);
    let portal = Running::serving(command, &log);
    let client = visitor();
    let ask = |path: &str| Answer::of(client.get(format!("{}{path}", portal.address)));
    let found = ask("/search?q=quokka").await.ok();
    let missing = ask("/services/NOSUCH").await;
    assert_eq!(missing.status, 404);
    assert_eq!(portal.stop(), 0);

    let text = fs::read_to_string(&log).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for (answer, path) in [(&found, "/search"), (&missing, "/services/NOSUCH")] {
        let id = answer.header("x-request-id");
        assert_eq!(id.len(), 32, "{:?}", answer.headers);
        let its: Vec<&Value> = lines.iter().filter(|line| line["span"]["id"] == id).collect();
        let [line] = its.as_slice() else { panic!("one line about {id}: {text}") };
        assert_eq!((&line["message"], &line["path"]), (&"answered".into(), &path.into()), "{line}");
        assert_eq!((&line["method"], &line["status"]), (&"GET".into(), &answer.status.into()), "{line}");
        assert!(line["timestamp"].is_string() && line["level"].is_string(), "{line}");
    }
    assert_ne!(found.header("x-request-id"), missing.header("x-request-id"));
    assert!(!text.contains("quokka"), "{text}");
}
