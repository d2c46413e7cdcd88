//! The order of the rooms, read from the code itself.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// Ground floor first. A room uses only the rooms before it.
const ROOMS: [&str; 25] = [
    "platform",
    "db",
    "cache",
    "jobs",
    "web",
    "ledger",
    "accounts",
    "policy",
    "agencies",
    "sso",
    "gateway",
    "catalogue",
    "notices",
    "wallet",
    "payments",
    "cases",
    "bookings",
    "surveys",
    "following",
    "reminders",
    "ratings",
    "households",
    "voice",
    "hall",
    "app",
];

fn source() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Every `crate::name` in a stream of tokens, also inside macros and grouped imports, with its line.
fn references(tokens: TokenStream, found: &mut Vec<(String, usize)>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        if let TokenTree::Group(group) = token {
            references(group.stream(), found);
        }
        let TokenTree::Ident(ident) = token else { continue };
        let colons = matches!(
            (tokens.get(at + 1), tokens.get(at + 2)),
            (Some(TokenTree::Punct(a)), Some(TokenTree::Punct(b)))
                if a.as_char() == ':' && b.as_char() == ':' && a.spacing() == Spacing::Joint
        );
        if ident != "crate" || !colons {
            continue;
        }
        match tokens.get(at + 3) {
            Some(TokenTree::Ident(name)) => found.push((name.to_string(), name.span().start().line)),
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                let mut first = true;
                for token in group.stream() {
                    match token {
                        TokenTree::Ident(name) if first => {
                            found.push((name.to_string(), name.span().start().line));
                            first = false;
                        }
                        TokenTree::Punct(punct) if punct.as_char() == ',' => first = true,
                        _ => first = false,
                    }
                }
            }
            _ => {}
        }
    }
}

#[test]
fn rooms_use_only_the_rooms_below_them() {
    let mut broken = Vec::new();
    for (floor, room) in ROOMS.iter().enumerate() {
        let mut paths = Vec::new();
        files(&source().join(room), &mut paths);
        assert!(!paths.is_empty(), "the room {room} is empty");
        for path in paths {
            let text = fs::read_to_string(&path).unwrap();
            let mut found = Vec::new();
            references(text.parse().unwrap(), &mut found);
            for (name, line) in found {
                let Some(other) = ROOMS.iter().position(|room| *room == name) else { continue };
                if other > floor {
                    let shown = path.strip_prefix(source()).unwrap().display();
                    broken.push(format!("src/{shown}:{line}: {room} stands below {name} and may not use it"));
                }
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn every_room_is_on_the_list() {
    let mut here = BTreeSet::new();
    for entry in fs::read_dir(source()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            here.insert(path.file_name().unwrap().to_str().unwrap().to_owned());
        }
    }
    assert_eq!(here, ROOMS.iter().map(|room| (*room).to_owned()).collect());
    let lib = fs::read_to_string(source().join("lib.rs")).unwrap();
    let order: Vec<_> =
        lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert_eq!(order, ROOMS, "lib.rs lists the rooms in their order");
}

#[test]
fn every_module_says_what_it_is() {
    let mut paths = Vec::new();
    files(&source(), &mut paths);
    let silent: Vec<_> = paths
        .iter()
        .filter(|path| !fs::read_to_string(path).unwrap().starts_with("//!"))
        .map(|path| path.strip_prefix(source()).unwrap().display().to_string())
        .collect();
    assert!(silent.is_empty(), "modules without a first sentence: {silent:?}");
}

/// What somebody could find out one byte after the other, by the time an answer takes, is compared by `ct_eq`. That is
/// read from the text: on a busy machine no measurement would tell.
#[test]
fn what_an_attacker_guesses_at_is_never_compared_byte_by_byte() {
    // Both sides of these come from the portal's own tables and keys, or from the operator's own machine.
    const OWN: [&str; 3] = ["agencies/bindings.rs", "ledger/entry.rs", "ledger/verify.rs"];
    for place in [
        "web/csrf.rs",
        "accounts/codes.rs",
        "sso/provider/client_auth.rs",
        "sso/provider/exchange.rs",
        "sso/upstream/back.rs",
    ] {
        let text = fs::read_to_string(source().join(place)).unwrap();
        assert!(text.contains(".ct_eq("), "{place} compares by ct_eq");
    }
    let word = "(?:[a-z_]*_)?(?:secret|verifier|challenge|csrf|mac|totp|token|proof|password|nonce)";
    let compared = format!(r"\b{word}(?:\(\))?\s*[!=]=\s|[!=]=\s*[&*]?(?:[a-z_]+(?:\(\))?\.)*{word}\b");
    let compared = regex::Regex::new(&compared).unwrap();
    assert!(
        compared.is_match("if secret == given")
            && compared.is_match("x != row.secret")
            && !compared.is_match("a == b")
    );
    let (mut paths, mut found) = (Vec::new(), Vec::new());
    files(&source(), &mut paths);
    for path in paths {
        let shown = path.strip_prefix(source()).unwrap().display().to_string();
        let text = fs::read_to_string(&path).unwrap();
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let of_tests = shown.contains("tests") || shown.contains("samples");
        for (number, line) in text.lines().enumerate().filter(|_| !of_tests && !OWN.contains(&shown.as_str()))
        {
            if compared.is_match(line) && !line.trim_start().starts_with("//") {
                found.push(format!("src/{shown}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "use ct_eq:\n{}", found.join("\n"));
}

#[test]
fn the_reader_of_imports_sees_what_it_should() {
    let text =
        "use crate::{db::{Conn, web}, platform::Clock};\nfn f() { crate::hall::x(); m!(crate::cache::Key) }";
    let mut found = Vec::new();
    references(text.parse().unwrap(), &mut found);
    let names: Vec<_> = found.into_iter().collect();
    assert_eq!(names, [("db".into(), 1), ("platform".into(), 1), ("hall".into(), 2), ("cache".into(), 2)]);
}
