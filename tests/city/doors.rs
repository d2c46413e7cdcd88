//! Every address of the route table, opened.

use std::collections::{BTreeMap, BTreeSet, HashMap, hash_map::Entry};

use chrono::TimeDelta;
use yimen::{
    app::{ROUTES, table},
    catalogue::asking,
    web::{Guard, Needs, session::Realm},
};

use crate::{
    on_both_engines,
    town::{Engine, Town},
};

/// Something that exists, for each placeholder.
pub fn filled(path: &str) -> String {
    path.replace("/policies/{id}", "/policies/{policy}")
        .replace("/bulletins/{id}", "/bulletins/{bulletin}")
        .replace("/events/{id}", "/events/newborn")
        .replace("/zones/{id}", "/zones/senior")
        .replace("/domains/{code}", "/domains/D02")
        .replace("{class}", "D02-4")
        // A question that everybody may ask; what is applied for is somebody's.
        .replace("/services/{code}/start", "/services/YZ18001/start")
        .replace("/services/{code}", "/services/YZ02022")
        .replace("/districts/{code}", "/districts/990101")
        .replace("{slug}", "vehicle-office")
        .replace("{number}", "1")
        .replace("{kind}", "report")
        .replace("{code}", "YZ02022")
        .replace("{id}", "01a1fdb5-4dd9-71c6-bc05-2100c00b93a6")
}

async fn filled_from(town: &Town, path: &str) -> String {
    let path = filled(path);
    for (mark, list) in [("{policy}", "/policies"), ("{bulletin}", "/bulletins")] {
        if path.contains(mark) {
            let links = town.get(list).await.ok().attributes("main a[href]", "href");
            let prefix = format!("{list}/");
            return links.into_iter().find(|link| link.starts_with(&prefix)).expect("a list with links");
        }
    }
    if path.starts_with("/static/") {
        let links = town.get("/").await.ok().attributes("link[rel=stylesheet]", "href");
        return links.into_iter().next().expect("a page with a style sheet");
    }
    path
}

/// Every route that needs somebody signed in, opened by nobody, by somebody of the other realm, and by somebody
/// whose session falls one level short or was proved too long ago.
#[actix_web::test]
async fn no_door_opens_to_somebody_who_may_not_come_in() {
    let town = Town::open(Engine::Sqlite).await;
    let stale = town.token(Realm::Citizen, 5).await;
    town.clock.advance(TimeDelta::minutes(11));
    let mut tried = 0;
    for route in ROUTES {
        let Some(Needs { realm, level, fresh }) = route.guard.needs() else { continue };
        let url = town.url(&filled(route.path));
        let open = async |cookie: String| {
            let request =
                town.client().request(route.method.as_str().parse().unwrap(), &url).header("cookie", cookie);
            let answer = town.ask(request).await;
            assert_eq!(answer.status, 303, "{} {}", route.method, route.path);
            answer.location()
        };
        let entry = if realm == Realm::Citizen { "/sign-in?next=" } else { "/staff/sign-in?next=" };
        assert!(open(String::new()).await.starts_with(entry), "{}", route.path);
        let (other, name) =
            if realm == Realm::Citizen { (Realm::Staff, "session") } else { (Realm::Citizen, "staff") };
        let foreign = town.token(other, 5).await;
        assert!(open(format!("{name}={foreign}")).await.starts_with(entry), "{}", route.path);
        if level > 0 {
            let short = town.token(realm, level - 1).await;
            let led = open(format!("session={short}")).await;
            assert!(led.starts_with(&format!("/me/verify?level={level}&next=")), "{}: {led}", route.path);
        }
        if fresh {
            let led = open(format!("session={stale}")).await;
            assert!(led.starts_with("/me/prove?next="), "{}: {led}", route.path);
        }
        tried += 1;
    }
    assert!(tried > 10, "there are doors to try");
    town.close().await;
}

/// A service says itself how well its asker is signed in; the address of each that asks for anything is tried.
#[actix_web::test]
async fn no_service_is_begun_by_somebody_below_its_level() {
    let town = Town::open(Engine::Sqlite).await;
    let edition = town.portal().shelf.edition().unwrap();
    let services = edition.catalogue.services.iter().map(|entry| &entry.service);
    let asked = services.filter(|service| asking::query_of(service).is_some());
    let mut tokens = HashMap::new();
    let mut tried = BTreeMap::new();
    for service in asked {
        let path = format!("/services/{}/start", service.code);
        let Some(level) = asking::level_of(service) else {
            assert_eq!(town.get(&path).await.status, 200, "{path}");
            continue;
        };
        *tried.entry(level).or_insert(0) += 1;
        let entry = town.get(&path).await;
        assert_eq!((entry.status, &entry.location()[..14]), (303, "/sign-in?next="), "{path}");
        let nobody = town.client().post(town.url(&path)).form(&[("csrf", "AAAA")]);
        let led = town.ask(nobody).await.location();
        assert!(led.starts_with("/sign-in?next="), "{path}: {led}");
        let Some(below) = level.checked_sub(1) else { continue };
        if let Entry::Vacant(place) = tokens.entry(below) {
            place.insert(town.token(Realm::Citizen, below).await);
        }
        for method in [reqwest::Method::GET, reqwest::Method::POST] {
            let request = town.client().request(method, town.url(&path));
            let led =
                town.ask(request.header("cookie", format!("session={}", tokens[&below]))).await.location();
            assert!(led.starts_with(&format!("/me/verify?level={level}&next=")), "{path}: {led}");
        }
    }
    assert!(tried.values().sum::<i32>() > 80, "{tried:?}");
    town.close().await;
}

on_both_engines! {
    async fn every_page_opens_in_both_languages(town: Town) {
        let for_people = |guard: Guard| guard.needs().is_none() && guard != Guard::Machine;
        let pages = ROUTES.iter().filter(|route| route.method == "GET" && for_people(route.guard));
        // Without a provider there is nothing behind these: `national` opens them.
        let pages = pages.filter(|route| !route.path.contains("{provider}"));
        // Behind these is what somebody has begun, or was shown: `cases` and `violations` open them.
        let pages = pages.filter(|route| !route.path.contains("{draft}") && !route.path.contains("{file}"));
        // What is owed is somebody's, and codes stand on their papers: `payments` opens these.
        let pages = pages.filter(|route| !route.path.ends_with("/due") && route.path != "/verify/{code}");
        // The address that ends mails stands in a mail: `inbox` opens it.
        let pages = pages.filter(|route| !route.path.starts_with("/notices/stop/"));
        // A month is published by time: `quality` opens it.
        let pages = pages.filter(|route| !route.path.contains("{month}"));
        // `surveys` opens what agencies ask.
        let pages = pages.filter(|route| !route.path.starts_with("/surveys/"));
        for route in pages {
            let path = filled_from(&town, route.path).await;
            let joint = if path.contains('?') { '&' } else { '?' };
            for lang in ["zh-CN", "en"] {
                let answer = town.get(&format!("{path}{joint}lang={lang}")).await;
                // The provider's pages are about a site's request; where there is none they say so.
                let no_request = answer.status == 400 && path.starts_with("/oidc/");
                let fine = matches!(answer.status, 200 | 301) || no_request;
                assert!(fine, "{path} in {lang}: {} {}", answer.status, &answer.body[..answer.body.len().min(300)]);
                assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
                assert!(answer.header("content-security-policy").starts_with("default-src 'self'"), "{path}");
                assert!(!answer.header("x-request-id").is_empty(), "{path}");
                if answer.header("content-type").starts_with("text/html") {
                    let html = answer.html();
                    let root = html.root_element();
                    assert_eq!(root.attr("lang"), Some(lang), "{path}");
                    assert_eq!(answer.texts("h1").len(), 1, "{path}: one main heading");
                    assert!(!answer.texts("title").join("").is_empty(), "{path}");
                    assert!(!answer.body.contains("style="), "{path}: the policy forbids inline style");
                }
            }
        }
        town.close().await;
    }

    /// What a form route does must not be had without the token of our own page.
    async fn no_form_is_taken_from_elsewhere(town: Town) {
        for route in ROUTES.iter().filter(|route| route.guard == Guard::Form) {
            let url = town.url(&filled(route.path));
            let request = |headers: &[(&str, &str)]| {
                let request = town.client().post(&url).form(&[("csrf", "AAAA"), ("lang", "en")]);
                headers.iter().fold(request, |request, (name, value)| request.header(*name, *value))
            };
            assert_eq!(town.ask(request(&[])).await.status, 403, "{}", route.path);
            let guessed = [("cookie", "visit=AAAAAAAAAAAAAAAAAAAAAA")];
            assert_eq!(town.ask(request(&guessed)).await.status, 403, "{}", route.path);
        }
        town.close().await;
    }

    /// Nor from elsewhere while somebody is signed in, who may do it: the token is asked for before anything else.
    async fn no_form_of_somebody_signed_in_is_taken_from_elsewhere(town: Town) {
        let citizen = format!("session={}", town.token(Realm::Citizen, 5).await);
        let staff = format!("staff={}", town.token(Realm::Staff, 0).await);
        let mut tried = 0;
        for route in ROUTES.iter().filter(|route| route.guard.is_form()) {
            let Some(needs) = route.guard.needs() else { continue };
            let cookie = if needs.realm == Realm::Citizen { &citizen } else { &staff };
            let cookie = format!("{cookie}; visit=AAAAAAAAAAAAAAAAAAAAAA");
            let url = town.url(&filled(route.path));
            let request = || town.client().post(&url).header("cookie", &cookie);
            let forged = town.ask(request().form(&[("csrf", "AAAA")])).await;
            assert_eq!(forged.status, 403, "{}", route.path);
            // What no form of ours sends is turned away as such, before it is asked who may do what.
            let plain = town.ask(request().header("content-type", "text/plain").body("csrf=AAAA")).await;
            assert_eq!(plain.status, 400, "{}", route.path);
            tried += 1;
        }
        assert!(tried > 20, "there are forms to try: {tried}");
        town.close().await;
    }
}

#[test]
fn everything_that_changes_something_is_a_form() {
    for route in ROUTES {
        let machine = route.guard == Guard::Machine;
        let form = route.guard.is_form();
        assert!(machine || (route.method != "GET") == form, "{} {}", route.method, route.path);
    }
    let lines: BTreeSet<_> = table().lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), ROUTES.len(), "no address twice");
    assert!(lines.iter().any(|line| line == "GET   searcher  /search"), "{lines:?}");
}

#[actix_web::test]
async fn a_form_of_ours_is_taken_and_one_with_mistakes_comes_back_with_the_answers() {
    let town = Town::open(Engine::Sqlite).await;
    let page = town.get("/display?back=/about").await.ok();
    let cookie = page.header("set-cookie").split(';').next().unwrap().to_owned();
    let token = page.attributes("input[name=csrf]", "value").remove(0);
    let send = async |lang: &str, origin: &str| {
        let fields = [
            ("csrf", token.as_str()),
            ("back", "/about"),
            ("lang", lang),
            ("mode", "large"),
            ("theme", "dark"),
        ];
        let request = town.client().post(town.url("/display")).header("cookie", &cookie).form(&fields);
        town.ask(request.header("sec-fetch-site", origin)).await
    };
    let taken = send("en", "same-origin").await;
    assert_eq!((taken.status, taken.header("location")), (303, "/about?lang=en&mode=large&theme=dark"));
    assert_eq!(send("en", "cross-site").await.status, 403);
    let wrong = send("fr", "same-origin").await;
    assert_eq!(wrong.status, 422);
    assert!(
        !wrong.texts(".error-summary a, [role=alert] a").is_empty(),
        "the mistake is said at the top, with a link"
    );
    let kept = wrong.attributes("input[name=mode][checked]", "value");
    assert_eq!(kept, ["large"], "what was chosen stays chosen");
    town.close().await;
}

#[actix_web::test]
async fn choices_of_language_and_look_stay() {
    let town = Town::open(Engine::Sqlite).await;
    let chosen = town.get("/about?lang=en&mode=large&theme=dark").await.ok();
    assert_eq!(chosen.html().root_element().attr("data-mode"), Some("large"));
    let cookie = chosen.header("set-cookie").split(';').next().unwrap().to_owned();
    assert_eq!(cookie, "look=en.large.dark");
    let later = town.ask(town.client().get(town.url("/")).header("cookie", &cookie)).await.ok();
    let html = later.html();
    let root = html.root_element();
    assert_eq!(
        (root.attr("lang"), root.attr("data-mode"), root.attr("data-theme")),
        (Some("en"), Some("large"), Some("dark"))
    );
    // Without a choice, what the browser asks for; without that, Chinese.
    let english =
        town.ask(town.client().get(town.url("/")).header("accept-language", "en-GB,en;q=0.9")).await;
    assert_eq!(english.html().root_element().attr("lang"), Some("en"));
    let silent = town.ask(town.client().get(town.url("/"))).await;
    assert_eq!(silent.html().root_element().attr("lang"), Some("zh-CN"));
    town.close().await;
}

#[actix_web::test]
async fn kept_pages_are_revalidated_compressed_and_never_mixed_up() {
    let town = Town::open(Engine::Sqlite).await;
    let first = town.get("/services/YZ02022").await.ok();
    let tag = first.header("etag").to_owned();
    let ask = |name: &'static str, value: String| {
        town.client()
            .get(town.url("/services/YZ02022"))
            .header("accept-language", "zh-CN")
            .header(name, value)
    };
    let again = town.ask(ask("if-none-match", tag.clone())).await;
    assert_eq!((again.status, again.body.len()), (304, 0));
    for encoding in ["br", "gzip"] {
        let packed = ask("accept-encoding", encoding.into()).send().await.unwrap();
        assert_eq!(packed.headers()["content-encoding"], encoding);
        let bytes = packed.bytes().await.unwrap();
        assert!(bytes.len() * 3 < first.body.len(), "{encoding}: {} of {}", bytes.len(), first.body.len());
    }
    let refused = ask("accept-encoding", "br;q=0".into()).send().await.unwrap();
    assert!(refused.headers().get("content-encoding").is_none());
    let english = town.get("/services/YZ02022?lang=en").await.ok();
    assert_ne!(english.header("etag"), tag);
    let head = town.ask(town.client().head(town.url("/services/YZ02022"))).await;
    assert_eq!((head.status, head.body.len()), (200, 0));
    town.close().await;
}

#[actix_web::test]
async fn pages_for_one_person_are_packed_as_quickly_as_can_be() {
    let town = Town::open(Engine::Sqlite).await;
    let session = format!("session={}", town.token(Realm::Citizen, 2).await);
    let ask = async |encoding: &str| {
        let request = town.client().get(town.url("/")).header("cookie", &session);
        request.header("accept-encoding", encoding).send().await.unwrap()
    };
    let plain = ask("identity").await;
    assert!(plain.headers().get("content-encoding").is_none());
    let plain = plain.bytes().await.unwrap();
    let packed = ask("gzip, deflate, br, zstd").await;
    assert_eq!(
        (&packed.headers()["content-encoding"], &packed.headers()["vary"]),
        (&"gzip".parse().unwrap(), &"accept-encoding".parse().unwrap())
    );
    let packed = packed.bytes().await.unwrap();
    assert!(packed.len() * 3 < plain.len(), "{} of {}", packed.len(), plain.len());
    town.close().await;
}

#[actix_web::test]
async fn files_are_kept_for_good_under_the_name_of_their_content() {
    let town = Town::open(Engine::Sqlite).await;
    let page = town.get("/").await.ok();
    let style = page.attributes("link[rel=stylesheet]", "href").remove(0);
    let file = town.get(&style).await.ok();
    assert!(file.header("cache-control").contains("immutable"));
    assert_eq!(file.header("content-type"), "text/css; charset=utf-8");
    let name = style.rsplit('/').next().unwrap();
    let old = town.get(&format!("/static/0123456789/{name}")).await.ok();
    assert_eq!(old.header("cache-control"), "no-cache");
    assert_eq!(town.get("/static/x/../../../etc/passwd").await.status, 404);
    assert_eq!(town.get("/static/x/%2e%2e%2fsecret").await.status, 404);
    town.close().await;
}

#[actix_web::test]
async fn health_answers_and_tells_the_public_nothing_else() {
    let town = Town::open(Engine::Sqlite).await;
    assert_eq!(town.get("/health/live").await.ok().body, "ok");
    assert_eq!(town.get("/health/ready").await.ok().body, "ready");
    assert_eq!(town.get("/health/deep").await.status, 404);
    assert_eq!(town.get("/metrics").await.status, 404);
    town.close().await;
}
