//! Whatever is handed in, the loader answers with a package or with findings that name a file. It never
//! panics, and never both keeps silent and refuses.

use proptest::collection::vec;
use proptest::prelude::*;
use yimen_contract::{Files, Findings, Reading, city, package};

use crate::folder::Folder;

const PATHS: [&str; 14] = [
    "agency.toml",
    "services/YZ02022.toml",
    "services/YZ02001.toml",
    "licences/L04.toml",
    "policies/licence-renewal.toml",
    "bulletins/winter-hours.toml",
    "forms/renewal.json",
    "maps/query.jq",
    "samples/refused.json",
    "README.md",
    "services/.toml",
    "../x",
    "zones.toml",
    "a/b/c",
];

fn answered<T>(reading: &Reading<T>) {
    let refused = reading.findings.has_errors();
    assert_eq!(reading.value.is_none(), refused, "{}", reading.findings);
    check_lines(&reading.findings);
}

fn check_lines(findings: &Findings) {
    for finding in findings {
        assert!(!finding.file.is_empty());
        assert_eq!(finding.to_string().lines().count(), 1, "{finding:?}");
    }
}

/// One change to the text of a file.
#[derive(Debug, Clone)]
enum Change {
    Delete(usize),
    Double(usize),
    Move(usize, usize),
    Replace(usize, String),
    Cut(usize),
    Insert(usize, String),
}

impl Change {
    fn apply(&self, text: &str) -> String {
        let mut lines: Vec<&str> = text.lines().collect();
        let at = |n: usize| if lines.is_empty() { 0 } else { n % lines.len() };
        match self {
            _ if lines.is_empty() => {}
            Self::Delete(n) => drop(lines.remove(at(*n))),
            Self::Double(n) => lines.insert(at(*n), lines[at(*n)]),
            Self::Move(from, to) => {
                let to = at(*to);
                let line = lines.remove(at(*from));
                lines.insert(to.min(lines.len()), line);
            }
            Self::Replace(n, with) => {
                let n = at(*n);
                lines[n] = with;
            }
            Self::Insert(n, line) => lines.insert(at(*n), line),
            Self::Cut(n) => {
                let mut end = n % (text.len() + 1);
                while !text.is_char_boundary(end) {
                    end -= 1;
                }
                return text[..end].to_owned();
            }
        }
        lines.join("\n")
    }
}

/// Lines that a hurried person might write, and some that nobody would.
fn line() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "code",
        "name",
        "time.promised",
        "[time]",
        "[[papers]]",
        "[[papers.x]]",
        "zh",
        "fee",
        "steps",
    ]);
    let values = prop::sample::select(vec![
        "1",
        "-1",
        "300",
        "1e9",
        "true",
        "\"\"",
        "\"x\"",
        "{}",
        "[]",
        "[[[[]]]]",
        "{ zh = 1 }",
        "{ zh = \"\" }",
        "2025-01-01",
        "2025-01-01T00:00:00Z",
        "08:00:00",
        "nan",
        "99999999999999999999",
        "\"\\u202e\"",
        "'''",
        "\"-90D\"",
    ]);
    prop_oneof![
        4 => (words, values).prop_map(|(word, value)| format!("{word} = {value}")),
        1 => prop::sample::select(vec!["[time]", "[[papers]]", "[papers.x]", "[[time]]", "[a.b.c]", "]", "#"]).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

fn change() -> impl Strategy<Value = Change> {
    let n = any::<usize>;
    prop_oneof![
        n().prop_map(Change::Delete),
        n().prop_map(Change::Double),
        (n(), n()).prop_map(|(from, to)| Change::Move(from, to)),
        (n(), line()).prop_map(|(at, line)| Change::Replace(at, line)),
        (n(), line()).prop_map(|(at, line)| Change::Insert(at, line)),
        n().prop_map(Change::Cut),
    ]
}

fn changed(folder: &Folder, changes: &[(usize, Change)]) -> Files {
    let mut texts = folder.0.clone();
    let paths: Vec<String> = texts.keys().cloned().collect();
    for (file, change) in changes {
        if let Some(text) = texts.get_mut(&paths[file % paths.len()]) {
            *text = change.apply(text);
        }
    }
    Files::gather(&texts)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_in_any_file(path in prop::sample::select(&PATHS[..]), bytes in vec(any::<u8>(), 0..300)) {
        let mut entries: Vec<(String, Vec<u8>)> =
            Folder::backed().0.into_iter().map(|(path, text)| (path, text.into_bytes())).collect();
        entries.retain(|(other, _)| other != path);
        entries.push((path.to_owned(), bytes));
        let files = Files::gather(entries);
        answered(&package::read("vehicle-office", &files));
        answered(&city::read(&files));
    }

    #[test]
    fn any_change_to_a_package(changes in vec((any::<usize>(), change()), 1..6)) {
        answered(&package::read("vehicle-office", &changed(&Folder::agency(), &changes)));
        answered(&package::read("vehicle-office", &changed(&Folder::backed(), &changes)));
    }

    #[test]
    fn any_change_to_a_city(changes in vec((any::<usize>(), change()), 1..6)) {
        answered(&city::read(&changed(&Folder::city(), &changes)));
    }

    #[test]
    fn any_slug(slug in any::<String>()) {
        answered(&package::read(&slug, &Folder::agency().files()));
    }
}

#[test]
fn nesting_without_end_is_refused() {
    for open in ["[", "{a=", "[{a="] {
        let text = format!("x = {}", open.repeat(100_000));
        answered(&package::read("vehicle-office", &Folder::agency().put("agency.toml", &text).files()));
    }
    let deep = "[".repeat(100_000);
    answered(&package::read("vehicle-office", &Folder::agency().put("samples/deep.json", &deep).files()));
    let dotted = format!("{}a = 1", "a.".repeat(100_000));
    answered(&package::read("vehicle-office", &Folder::agency().put("agency.toml", &dotted).files()));
}
