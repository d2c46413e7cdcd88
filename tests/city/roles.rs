//! Every role before every door of staff: who has no business behind one is refused, also with a form of our own.

use yimen::{
    accounts::staff::{
        Branch,
        Role::{self, Administrator, Auditor, Helper, Integrator, Manager, Officer},
    },
    app::ROUTES,
    web::{Route, session::Realm},
};

use crate::{
    doors::filled,
    on_both_engines,
    people::{Browser, citizen, number},
    staff::{at_work, hired},
    town::Town,
};

/// The agency that the addresses are filled with.
const AGENCY: &str = "/vehicle-office/";
/// A part of the tree where no agency stands.
const EMPTY: &str = "/yunjiang/";

/// One of each kind, some of them elsewhere.
const STAFF: [(&str, Role, &str); 9] = [
    ("city-head", Administrator, "/"),
    ("city-auditor", Auditor, "/"),
    ("district-head", Administrator, "yunjiang"),
    ("district-officer", Officer, "yunjiang"),
    ("office-manager", Manager, "vehicle-office"),
    ("office-officer", Officer, "vehicle-office"),
    ("office-integrator", Integrator, "vehicle-office"),
    ("office-helper", Helper, "vehicle-office"),
    ("parks-manager", Manager, "parks"),
];

/// Where somebody of such a role must stand.
#[derive(Clone, Copy)]
enum Place {
    Anywhere,
    /// In an agency's branch or above one.
    Agencies,
    /// In the branch of the agency that the address names, or above it.
    Named,
    City,
}

use Place::{Agencies, Anywhere, City, Named};

const ALL: &[Role] = &Role::ALL;
const HEADS: &[Role] = &[Administrator];
const LEADERS: &[Role] = &[Administrator, Manager];
const SEERS: &[Role] = &[Administrator, Manager, Auditor];
const WORKERS: &[Role] = &[Manager, Officer];
const GIVEN: &[Role] = &[Manager, Officer, Helper];
const CONNECTORS: &[Role] = &[Manager, Integrator];
const BACKENDS: &[Role] = &[Administrator, Manager, Integrator];

/// Who comes in where. The longest beginning of a path holds; one with `$` at its end holds for that path alone.
const DOORS: &[(&str, &[Role], Place)] = &[
    ("/staff$", ALL, Anywhere),
    ("/staff/stay", ALL, Anywhere),
    ("/staff/resume", ALL, Anywhere),
    ("/staff/account", ALL, Anywhere),
    ("/staff/circulars", ALL, Anywhere),
    ("/staff/circulars/new", LEADERS, Anywhere),
    ("/staff/claims", GIVEN, Anywhere),
    ("/staff/claims/assign", WORKERS, Anywhere),
    ("/staff/counter", WORKERS, Anywhere),
    ("/staff/requests", &[Administrator, Manager, Officer, Auditor, Helper], Anywhere),
    ("/agency$", BACKENDS, Anywhere),
    ("/agency/apply", CONNECTORS, Anywhere),
    ("/agency/bindings", BACKENDS, Anywhere),
    ("/agency/bindings/{slug}", CONNECTORS, Named),
    ("/agency/bindings/{slug}/approve", HEADS, Named),
    ("/agency/calendar", WORKERS, Agencies),
    ("/agency/calendar/{code}", WORKERS, Named),
    ("/agency/calls", BACKENDS, Anywhere),
    ("/agency/cases", &[Administrator, Manager, Officer], Anywhere),
    ("/agency/copies", WORKERS, Anywhere),
    ("/agency/counter", WORKERS, Anywhere),
    ("/agency/health", BACKENDS, Anywhere),
    ("/agency/households", WORKERS, Anywhere),
    ("/agency/maintenance", BACKENDS, Anywhere),
    ("/agency/maintenance/{slug}", CONNECTORS, Named),
    ("/agency/maintenance/{slug}/cancel", BACKENDS, Named),
    ("/agency/notes", WORKERS, Anywhere),
    ("/agency/notes/{code}", WORKERS, Named),
    ("/agency/packages/{slug}", BACKENDS, Named),
    ("/agency/packages/{slug}/imports", CONNECTORS, Named),
    ("/agency/packages/{slug}/reopen", LEADERS, Named),
    ("/agency/packages/{slug}/suspend", LEADERS, Named),
    ("/agency/packages/{slug}/upload", CONNECTORS, Named),
    ("/agency/quality", WORKERS, Agencies),
    ("/agency/ratings", WORKERS, Anywhere),
    ("/agency/ratings/code", WORKERS, Agencies),
    ("/agency/sanctions", CONNECTORS, Named),
    ("/agency/sites", BACKENDS, Anywhere),
    ("/agency/sites/new", CONNECTORS, Anywhere),
    ("/agency/surveys", WORKERS, Anywhere),
    ("/agency/voice", WORKERS, Anywhere),
    ("/agency/voice/author", HEADS, City),
    ("/agency/writing", &[Manager, Officer, Integrator], Anywhere),
    ("/agency/writing/end", &[Manager], Anywhere),
    ("/agency/writing/new", &[Manager], Anywhere),
    ("/admin$", SEERS, Anywhere),
    ("/admin/agencies", HEADS, Anywhere),
    ("/admin/agencies/{slug}", HEADS, Named),
    ("/admin/audit", &[Administrator, Auditor], Anywhere),
    ("/admin/balance", HEADS, City),
    ("/admin/breach", HEADS, City),
    ("/admin/calendar", SEERS, Anywhere),
    ("/admin/due", HEADS, Anywhere),
    ("/admin/funnel", HEADS, Anywhere),
    ("/admin/health", HEADS, City),
    ("/admin/households", HEADS, Anywhere),
    ("/admin/jobs", HEADS, City),
    ("/admin/notices", HEADS, City),
    ("/admin/packages", HEADS, Anywhere),
    ("/admin/packages/{slug}", HEADS, Named),
    ("/admin/payments", HEADS, City),
    ("/admin/people", SEERS, Anywhere),
    ("/admin/people/invite", LEADERS, Anywhere),
    ("/admin/people/{id}/change", LEADERS, Anywhere),
    ("/admin/people/{id}/end", LEADERS, Anywhere),
    ("/admin/people/{id}/hand-over", LEADERS, Anywhere),
    ("/admin/people/{id}/invite", LEADERS, Anywhere),
    ("/admin/policy", HEADS, City),
    ("/admin/quality", HEADS, Anywhere),
    ("/admin/quality/survey", HEADS, City),
    ("/admin/ratings", HEADS, Anywhere),
    ("/admin/sanctions", HEADS, Anywhere),
    ("/admin/units", LEADERS, Anywhere),
    ("/admin/use", HEADS, Anywhere),
    ("/admin/voice", HEADS, City),
];

/// Whether a path is one that a beginning speaks of.
fn begins(path: &str, beginning: &str) -> bool {
    match beginning.strip_suffix('$') {
        Some(alone) => path == alone,
        None => {
            path.strip_prefix(beginning).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '.']))
        }
    }
}

/// Whether somebody comes in. A route that nobody has thought of is a mistake of whoever added it.
fn comes_in(path: &str, role: Role, branch: &Branch) -> bool {
    let known = DOORS.iter().filter(|(beginning, ..)| begins(path, beginning));
    let (_, roles, place) = known.max_by_key(|(beginning, ..)| beginning.len()).expect(path);
    let (branch, city) = (branch.as_str(), Branch::city());
    let stands = match place {
        Anywhere => true,
        Agencies => branch != EMPTY,
        Named => branch == city.as_str() || branch == AGENCY,
        City => branch == city.as_str(),
    };
    roles.contains(&role) && stands
}

/// The routes for people who are signed in so.
fn routes(realm: Realm) -> impl Iterator<Item = &'static Route> {
    ROUTES.iter().filter(move |route| route.guard.needs().is_some_and(|needs| needs.realm == realm))
}

/// The status of an address, asked for or sent a form of ours with nothing in it.
async fn status(town: &Town, browser: &Browser<'_>, route: &Route, token: &str) -> u16 {
    let url = town.url(&filled(route.path));
    let request = if route.method == "GET" {
        town.client().get(url)
    } else {
        town.client().post(url).form(&[("csrf", token)])
    };
    town.ask(request.header("cookie", browser.all_cookies())).await.status
}

/// Where somebody is led who is signed in otherwise than a route wants, or not at all.
async fn led(town: &Town, browser: &Browser<'_>, route: &Route) -> String {
    let method = route.method.as_str().parse().unwrap();
    let request = town.client().request(method, town.url(&filled(route.path)));
    town.ask(request.header("cookie", browser.all_cookies())).await.location()
}

on_both_engines! {
    async fn nobody_comes_in_where_they_have_no_business(town: Town) {
        let mut refused = 0;
        for (login, role, path) in STAFF {
            let branch = Branch::parse(path).unwrap();
            let id = hired(&town, login, role, path).await;
            let browser = at_work(&town, id, role, path).await;
            // A form without the token of our page would be refused for that alone.
            let token = browser.get("/display").await.ok().attributes("input[name=csrf]", "value").remove(0);
            for route in routes(Realm::Staff) {
                let asks = route.method == "GET";
                let comes_in = comes_in(route.path, role, &branch);
                // What somebody may do is not done to try the door; and behind some there is nothing yet.
                if comes_in && (!asks || route.path.contains('{')) {
                    continue;
                }
                let status = status(&town, &browser, route, &token).await;
                let fits = if comes_in { status == 200 } else { matches!(status, 403 | 404) };
                assert!(fits, "{login} at {} {}: {status}", route.method, route.path);
                refused += usize::from(!comes_in);
            }
        }
        assert!(refused > 500, "there are doors to be refused at: {refused}");

        // A member of staff is nobody at the pages of citizens, and citizens are nobody at those of staff.
        let head = hired(&town, "another-head", Administrator, "/").await;
        let head = at_work(&town, head, Administrator, "/").await;
        for route in routes(Realm::Citizen) {
            let to = led(&town, &head, route).await;
            assert!(to.starts_with("/sign-in?"), "{} {}: {to}", route.method, route.path);
        }
        let lin = citizen(&town, "林晓", "13800000001", &number("19850101", 1)).await;
        let (new, verified) = (Browser::of(&town, lin, 0).await, Browser::of(&town, lin, 5).await);
        for person in [&Browser::new(&town), &new, &verified] {
            for route in routes(Realm::Staff) {
                let to = led(&town, person, route).await;
                assert!(to.starts_with("/staff/sign-in?"), "{} {}: {to}", route.method, route.path);
            }
        }
        town.close().await;
    }
}
