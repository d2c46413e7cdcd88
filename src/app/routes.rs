//! The one route table.

use std::fmt::Write as _;

use crate::{
    catalogue::pages as catalogue,
    hall, ledger, route,
    sso::signing,
    web::{self, Route, assets},
};

/// Every address of the portal, with its guard and who answers.
pub static ROUTES: &[Route] = &[
    route!(GET "/", Anyone, hall::home),
    route!(GET "/domains", Anyone, catalogue::domains),
    route!(GET "/domains/{code}", Anyone, catalogue::domain),
    route!(GET "/domains/{code}/{class}", Anyone, catalogue::class),
    route!(GET "/services/{code}", Anyone, catalogue::guide),
    route!(GET "/services/{code}/start", Anyone, catalogue::start),
    route!(GET "/agencies", Anyone, catalogue::agencies),
    route!(GET "/agencies/{slug}", Anyone, catalogue::agency),
    route!(GET "/events", Anyone, catalogue::events),
    route!(GET "/events/{id}", Anyone, catalogue::event),
    route!(GET "/zones", Anyone, catalogue::zones),
    route!(GET "/zones/{id}", Anyone, catalogue::zone),
    route!(GET "/policies", Anyone, catalogue::policies),
    route!(GET "/policies/{id}", Anyone, catalogue::policy),
    route!(GET "/bulletins", Anyone, catalogue::bulletins),
    route!(GET "/bulletins/{id}", Anyone, catalogue::bulletin),
    route!(GET "/bulletins/{id}/text", Anyone, catalogue::bulletin_text),
    route!(GET "/search", Searcher, catalogue::search),
    route!(GET "/search/suggest", Searcher, catalogue::suggest),
    route!(GET "/register", Anyone, signing::register_page),
    route!(POST "/register", Form, signing::register),
    route!(GET "/register/code", Anyone, signing::register_code_page),
    route!(POST "/register/code", Form, signing::register_code),
    route!(GET "/sign-in", Anyone, signing::sign_in_page),
    route!(POST "/sign-in", Form, signing::sign_in),
    route!(GET "/sign-in/code", Anyone, signing::code),
    route!(POST "/sign-in/code", Form, signing::redeem_code),
    route!(GET "/sign-in/second", Anyone, signing::second_page),
    route!(POST "/sign-in/second", Form, signing::second),
    route!(POST "/sign-in/passkey/begin", Form, signing::passkey_begin),
    route!(POST "/sign-in/passkey/finish", Form, signing::passkey_finish),
    route!(GET "/recover", Anyone, signing::recover_page),
    route!(POST "/recover", Form, signing::recover),
    route!(GET "/recover/code", Anyone, signing::recover_code_page),
    route!(POST "/recover/code", Form, signing::recover_code),
    route!(GET "/sign-out", Anyone, signing::sign_out_page),
    route!(POST "/sign-out", Form, signing::sign_out),
    route!(GET "/me/looks", Citizen(0), hall::looks),
    route!(POST "/me/looks/{id}/ask", CitizenForm(0), hall::ask),
    route!(GET "/me/privacy", Citizen(0), hall::privacy),
    route!(POST "/me/privacy/consents/{id}/withdraw", CitizenForm(0), hall::withdraw),
    route!(GET "/me/privacy/export.json", Citizen(2), hall::export_json),
    route!(GET "/me/privacy/export.html", Citizen(2), hall::export_html),
    route!(GET "/me/privacy/erase", Citizen(0), hall::erase_page),
    route!(POST "/me/privacy/erase", CitizenForm(0), hall::erase),
    route!(POST "/me/privacy/erase/stop", CitizenForm(0), hall::stop_erasure),
    route!(GET "/me/privacy/correct", Citizen(0), hall::correct_page),
    route!(POST "/me/privacy/correct", CitizenForm(0), hall::correct),
    route!(GET "/about", Anyone, hall::about),
    route!(GET "/accessibility", Anyone, hall::accessibility),
    route!(GET "/sitemap", Anyone, hall::site_map),
    route!(GET "/display", Anyone, hall::display),
    route!(POST "/display", Form, hall::set_display),
    route!(GET "/components", Anyone, hall::components),
    route!(GET "/open", Anyone, hall::open),
    route!(GET "/open/services.json", Anyone, catalogue::services_json),
    route!(GET "/open/services.csv", Anyone, catalogue::services_csv),
    route!(GET "/open/ledger-heads.json", Anyone, ledger::pages::heads),
    route!(GET "/sitemap.xml", Anyone, catalogue::sitemap_xml),
    route!(GET "/robots.txt", Anyone, catalogue::robots),
    route!(GET "/opensearch.xml", Anyone, catalogue::opensearch),
    route!(GET "/static/{print}/{name:.*}", Anyone, assets::show),
    route!(GET "/favicon.ico", Anyone, assets::favicon),
    route!(GET "/health/live", Anyone, web::live),
    route!(GET "/health/ready", Anyone, web::ready),
];

/// The table as text: method, guard, address.
pub fn table() -> String {
    let mut text = String::new();
    for route in ROUTES {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{:<5} {:<9} {}", route.method.as_str(), route.guard.name(), route.path);
    }
    text
}
