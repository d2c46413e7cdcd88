//! Every page of the portal, rendered from its sample: in both languages and both text sizes what every page
//! owes its reader is checked, and what it looks like is kept as a snapshot.
//!
//! After a wanted change: `INSTA_UPDATE=always cargo nextest run -E 'test(views::tests)'`, then read the
//! difference.

use std::collections::HashSet;

use askama::Template;
use scraper::{Html, Selector};

use super::{
    AboutView, AccessibilityView, ComponentsView, DisplayView, EraseView, HomeView, LooksView, MeView,
    OpenView, PrivacyView, ResumeView, SiteMapView, VerifyWaysView,
};
use crate::{
    accounts::{
        acting::views::{ActingView, ChildView, CompanyView, GrantView, PersonView},
        staff::views::{
            AccountView, BreachView, CitizenView, ClaimView, ClaimsView, DeskView, GoneView, JoinView,
            JoinedView, LinkView, MemberView, PeopleView,
        },
        views::{RecoveryView, SecurityView, TotpView},
    },
    agencies::views::{SiteView, SitesView},
    catalogue::views::{
        AgenciesView, AgencyView, BulletinView, BulletinsView, DomainView, DomainsView, EventView,
        EventsView, GuideView, LeaveView, OpenSearchView, PoliciesView, PolicyView, SearchView, StartView,
        ZoneView, ZonesView,
    },
    platform::i18n::{Lang, Texts},
    sso::{
        provider::views::{ConsentView, LeaveView as LeaveSitesView, LeftView, OnwardView, RefusedView},
        upstream::{NationalListView, NationalView},
    },
    web::frame::{FailureView, Frame, Look, StepView},
};

/// A page: its name, its address, and how to render its sample.
struct Sample {
    name: &'static str,
    path: &'static str,
    render: fn(Frame) -> String,
}

macro_rules! sample {
    ($name:literal, $path:literal, $view:ident :: $make:ident) => {
        Sample { name: $name, path: $path, render: |frame| $view::$make(frame).render().unwrap() }
    };
}

const PAGES: &[Sample] = &[
    sample!("home", "/", HomeView::sample),
    sample!("home-first-day", "/", HomeView::sample_first_day),
    sample!("about", "/about", AboutView::sample),
    sample!("accessibility", "/accessibility", AccessibilityView::sample),
    sample!("sitemap", "/sitemap", SiteMapView::sample),
    sample!("open", "/open", OpenView::sample),
    sample!("display", "/display", DisplayView::sample),
    sample!("display-saved", "/display?saved=1", DisplayView::sample_saved),
    sample!("display-wrong", "/display", DisplayView::sample_wrong),
    sample!("components", "/components", ComponentsView::sample),
    sample!("resume", "/resume/0193", ResumeView::sample),
    sample!("resume-for-another", "/resume/0193", ResumeView::sample_for_another),
    sample!("verify-ways", "/me/verify?level=4", VerifyWaysView::sample),
    sample!("acting", "/me/acting", ActingView::sample),
    sample!("acting-empty", "/me/acting", ActingView::sample_empty),
    sample!("acting-over", "/me/acting", ActingView::sample_over),
    sample!("acting-grant", "/me/acting/grant", GrantView::sample),
    sample!("acting-grant-wrong", "/me/acting/grant", GrantView::sample_wrong),
    sample!("acting-child", "/me/acting/child", ChildView::sample),
    sample!("acting-company", "/me/acting/company", CompanyView::sample),
    sample!("acting-person", "/me/acting/person", PersonView::sample),
    sample!("breach", "/me/breach", BreachView::sample),
    sample!("staff-desk", "/staff", DeskView::sample),
    sample!("staff-join", "/staff/join", JoinView::sample),
    sample!("staff-gone", "/staff/join", GoneView::sample),
    sample!("staff-joined", "/staff/join", JoinedView::sample),
    sample!("staff-account", "/staff/account", AccountView::sample),
    sample!("staff-invited", "/admin/people/invite", LinkView::sample),
    sample!("staff-citizen", "/staff/counter", CitizenView::sample),
    sample!("staff-people", "/admin/people", PeopleView::sample),
    sample!("staff-member", "/admin/people/0193", MemberView::sample),
    sample!("staff-claims", "/staff/claims", ClaimsView::sample),
    sample!("staff-claims-empty", "/staff/claims", ClaimsView::sample_empty),
    sample!("staff-claim", "/staff/claims/look", ClaimView::sample),
    sample!("agency-sites", "/agency/sites", SitesView::sample),
    sample!("agency-sites-empty", "/agency/sites", SitesView::sample_empty),
    sample!("agency-site", "/agency/sites/0193", SiteView::sample),
    sample!("domains", "/domains", DomainsView::sample),
    sample!("domain", "/domains/D02", DomainView::sample),
    sample!("domain-class", "/domains/D02/D02-01", DomainView::sample_class),
    sample!("guide", "/services/YZ02022", GuideView::sample),
    sample!("guide-short", "/services/YZ02022", GuideView::sample_short),
    sample!("start", "/services/YZ02022/start", StartView::sample),
    sample!("start-bare", "/services/YZ02022/start", StartView::sample_bare),
    sample!("leave", "/services/YZ02022/start", LeaveView::sample),
    sample!("leave-trouble", "/services/YZ02022/start", LeaveView::sample_trouble),
    sample!("step", "/sign-in", StepView::sample),
    sample!("step-done", "/sign-in", StepView::sample_done),
    sample!("step-wrong", "/sign-in", StepView::sample_wrong),
    sample!("looks", "/me/looks", LooksView::sample),
    sample!("looks-none", "/me/looks", LooksView::sample_none),
    sample!("privacy", "/me/privacy", PrivacyView::sample),
    sample!("privacy-bare", "/me/privacy", PrivacyView::sample_bare),
    sample!("erase", "/me/privacy/erase", EraseView::sample),
    sample!("erase-wrong", "/me/privacy/erase", EraseView::sample_wrong),
    sample!("me", "/me", MeView::sample),
    sample!("me-new", "/me", MeView::sample_new),
    sample!("security", "/me/security", SecurityView::sample),
    sample!("security-bare", "/me/security", SecurityView::sample_bare),
    sample!("totp", "/me/security/totp", TotpView::sample),
    sample!("recovery", "/me/security/codes", RecoveryView::sample),
    sample!("search", "/search?q=%E9%A9%BE%E7%85%A7&agency=traffic-police", SearchView::sample),
    sample!("search-nothing", "/search?q=x", SearchView::sample_nothing),
    sample!("events", "/events", EventsView::sample),
    sample!("event", "/events/birth", EventView::sample),
    sample!("event-empty", "/events/birth", EventView::sample_empty),
    sample!("zones", "/zones", ZonesView::sample),
    sample!("zone", "/zones/senior", ZoneView::sample),
    sample!("zone-empty", "/zones/senior", ZoneView::sample_empty),
    sample!("agencies", "/agencies", AgenciesView::sample),
    sample!("agencies-empty", "/agencies?field=water", AgenciesView::sample_empty),
    sample!("agency", "/agencies/traffic-police", AgencyView::sample),
    sample!("agency-new", "/agencies/traffic-police", AgencyView::sample_new),
    sample!("bulletins", "/bulletins?page=2", BulletinsView::sample),
    sample!("bulletins-empty", "/bulletins?kind=urgent", BulletinsView::sample_empty),
    sample!("bulletin", "/bulletins/2026-1109-hours", BulletinView::sample),
    sample!("bulletin-expired", "/bulletins/2026-1120-rain", BulletinView::sample_expired),
    sample!("policies", "/policies", PoliciesView::sample),
    sample!("policies-empty", "/policies", PoliciesView::sample_empty),
    sample!("policy", "/policies/maternity-allowance", PolicyView::sample),
    sample!("national-choose", "/sign-in/with/national/choose", NationalView::sample_choose),
    sample!("national-link", "/sign-in/with/national/choose", NationalView::sample_link),
    sample!("national-claimed", "/sign-in/with/national/back", NationalView::sample_claimed),
    sample!("national-away", "/sign-in/with/national/back", NationalView::sample_away),
    sample!("national-list", "/me/security/national", NationalListView::sample),
    sample!("national-list-empty", "/me/security/national", NationalListView::sample_empty),
    sample!("policy-ended", "/policies/maternity-allowance", PolicyView::sample_ended),
    sample!("consent", "/oidc/sign-on", ConsentView::sample),
    sample!("consent-bare", "/oidc/sign-on", ConsentView::sample_bare),
    sample!("onward", "/oidc/sign-on", OnwardView::sample),
    sample!("sign-on-refused", "/oidc/authorize", RefusedView::sample),
    sample!("leave-sites", "/oidc/logout", LeaveSitesView::sample),
    sample!("left-sites", "/oidc/logout", LeftView::sample),
];

/// Runs `check` on every page in both languages and both text sizes.
fn on_every_page(mut check: impl FnMut(&str, Texts, Look, &str)) {
    for lang in Lang::ALL {
        for large in [false, true] {
            let (t, look) = (Texts::new(lang), Look { large, ..Look::default() });
            for page in PAGES {
                check(page.name, t, look, &(page.render)(Frame::sample(t, look, page.path)));
            }
            let failures = FailureView::samples(&Frame::sample(t, look, "/services/YZ99999"));
            for (number, view) in failures.iter().enumerate() {
                check(&format!("failure-{number}"), t, look, &view.render().unwrap());
            }
        }
    }
}

#[test]
fn pages_look_as_they_did() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    // Addresses of assets change with their content.
    settings.add_filter("/static/[0-9a-f]+/", "/static/");
    settings.bind(|| {
        on_every_page(|name, t, look, page| {
            if look.large {
                return;
            }
            // The header and the footer are the same everywhere: one page shows them.
            let kept =
                if name == "about" { page } else { between(page, "</header>", "<footer class=\"foot\">") };
            insta::assert_snapshot!(format!("{name}.{}", t.lang().tag()), kept);
        });
        let view =
            OpenSearchView::sample(Frame::sample(Texts::new(Lang::Zh), Look::default(), "/opensearch.xml"));
        insta::assert_snapshot!("opensearch", view.render().unwrap());
    });
}

#[test]
fn every_page_has_one_heading_its_language_and_no_style_of_its_own() {
    on_every_page(|name, t, look, page| {
        let at = format!("{name}, {}, large: {}", t.lang().tag(), look.large);
        let html = Html::parse_document(page);
        assert_eq!(count(&html, "h1"), 1, "{at}: one main heading");
        assert_eq!(count(&html, "main"), 1, "{at}: one main part");
        assert_eq!(count(&html, "style, [style], [onclick], script:not([src])"), 0, "{at}: nothing inline");
        let root = html.root_element().value();
        assert_eq!(root.attr("lang"), Some(t.lang().tag()), "{at}");
        assert_eq!(root.attr("data-mode"), look.large.then_some("large"), "{at}");
        for heading in html.select(&selector("h1, h2, h3, a, button, summary, title, label, legend, th, dt"))
        {
            let words: String = heading.text().collect();
            assert!(!words.trim().is_empty(), "{at}: {} says nothing", heading.html());
        }
    });
}

#[test]
fn headings_never_skip_a_level() {
    on_every_page(|name, t, _, page| {
        // The summary of mistakes stands before the main heading.
        let mut last = 1;
        for heading in Html::parse_document(page).select(&selector("h1, h2, h3, h4")) {
            let level: u32 = heading.value().name()[1..].parse().unwrap();
            assert!(level <= last + 1, "{name}, {}: {} after h{last}", t.lang().tag(), heading.html());
            last = level;
        }
    });
}

#[test]
fn every_text_is_filled_in() {
    on_every_page(|name, t, _, page| {
        let at = format!("{name}, {}", t.lang().tag());
        assert!(!page.contains("{ $") && !page.contains("{$"), "{at}: a place in a text was left open");
        let html = Html::parse_document(page);
        // A text that cannot be put together shows the name of its message, such as `guide-papers-own`.
        let name = regex::Regex::new(r"^[a-z]+(-[a-z]+)+$").unwrap();
        for words in html.select(&selector("body")).flat_map(|body| body.text()) {
            assert!(!name.is_match(words.trim()), "{at}: {words}");
        }
    });
}

#[test]
fn every_link_and_label_has_its_target() {
    on_every_page(|name, t, look, page| {
        let at = format!("{name}, {}, large: {}", t.lang().tag(), look.large);
        let html = Html::parse_document(page);
        let mut ids = HashSet::new();
        for element in html.select(&selector("[id]")) {
            let id = element.attr("id").unwrap_or_default();
            assert!(ids.insert(id.to_owned()), "{at}: the id {id} is used twice");
            assert!(!id.is_empty() && !id.contains(char::is_whitespace), "{at}: {id:?} is no id");
        }
        for link in html.select(&selector("a[href^='#']")) {
            let target = &link.attr("href").unwrap_or_default()[1..];
            assert!(ids.contains(target), "{at}: #{target} leads nowhere");
        }
        for attribute in ["for", "aria-labelledby", "aria-describedby", "aria-controls"] {
            for element in html.select(&selector(&format!("[{attribute}]"))) {
                for id in element.attr(attribute).unwrap_or_default().split_whitespace() {
                    assert!(ids.contains(id), "{at}: {attribute}={id} names nothing");
                }
            }
        }
        for field in html.select(&selector("input:not([type=hidden]), select, textarea")) {
            let id = field.attr("id").unwrap_or_default();
            assert!(count(&html, &format!("label[for='{id}']")) == 1, "{at}: {} has no label", field.html());
        }
    });
}

#[test]
fn a_chinese_text_on_an_english_page_says_so() {
    let chinese = regex::Regex::new(r"\p{Han}").unwrap();
    let t = Texts::new(Lang::En);
    for page in PAGES {
        let html = Html::parse_document(&(page.render)(Frame::sample(t, Look::default(), page.path)));
        for node in html.tree.nodes() {
            let Some(words) = node.value().as_text() else { continue };
            if !chinese.is_match(words) {
                continue;
            }
            let marked = node.ancestors().filter_map(scraper::ElementRef::wrap).any(|element| {
                element.attr("lang") == Some("zh-CN") || matches!(element.value().name(), "title" | "option")
            });
            // The notes that teach pinyin name Chinese words.
            assert!(marked || words.contains("居住证"), "{}: {:?} is not marked", page.name, &**words);
        }
    }
}

fn between<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    let (_, rest) = page.split_once(from).unwrap();
    rest.split_once(to).unwrap().0
}

fn selector(words: &str) -> Selector {
    Selector::parse(words).unwrap()
}

fn count(html: &Html, words: &str) -> usize {
    html.select(&selector(words)).count()
}

/// What proves somebody is never kept beside a form that was set aside.
#[test]
fn every_field_that_hides_or_proves_is_known_as_a_secret() {
    let fields = Selector::parse("input[type=password], input[autocomplete=one-time-code]").unwrap();
    let mut seen = HashSet::new();
    for page in PAGES {
        let frame = Frame::sample(Texts::new(Lang::Zh), Look::default(), page.path);
        let html = Html::parse_document(&(page.render)(frame));
        for field in html.select(&fields) {
            let name = field.attr("name").unwrap();
            assert!(crate::web::aside::is_secret(name), "{}: {name}", page.name);
            seen.insert(name.to_owned());
        }
    }
    assert!(seen.contains("password") && seen.contains("code"), "{seen:?}");
}
