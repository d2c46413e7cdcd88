//! The one route table.

use std::fmt::Write as _;

use crate::{
    accounts::pages as account,
    catalogue::pages as catalogue,
    hall, route,
    sso::{signing, upstream},
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
    route!(GET "/sign-in/with/{provider}", Anyone, upstream::begin),
    route!(GET "/sign-in/with/{provider}/back", Anyone, upstream::back),
    route!(GET "/sign-in/with/{provider}/choose", Anyone, upstream::choose),
    route!(POST "/sign-in/with/{provider}/new", Form, upstream::create),
    route!(POST "/sign-in/with/{provider}/link", CitizenForm(0), upstream::link),
    route!(GET "/me/security/national", Citizen(0), upstream::list),
    route!(POST "/me/security/national/unlink", CitizenForm(0), upstream::unlink),
    route!(GET "/recover", Anyone, signing::recover_page),
    route!(POST "/recover", Form, signing::recover),
    route!(GET "/recover/code", Anyone, signing::recover_code_page),
    route!(POST "/recover/code", Form, signing::recover_code),
    route!(GET "/sign-out", Anyone, signing::sign_out_page),
    route!(POST "/sign-out", Form, signing::sign_out),
    route!(GET "/me", Citizen(0), hall::me),
    route!(GET "/me/prove", Citizen(0), signing::prove_page),
    route!(POST "/me/prove", CitizenForm(0), signing::prove),
    route!(GET "/me/security", Citizen(0), account::security),
    route!(POST "/me/security/end", CitizenForm(0), account::end),
    route!(POST "/me/security/remove", CitizenForm(0), account::remove),
    route!(GET "/me/security/password", Citizen(0), account::password_page),
    route!(POST "/me/security/password", CitizenForm(0), account::change_password),
    route!(GET "/me/security/totp", Citizen(0), account::totp_page),
    route!(POST "/me/security/totp", CitizenForm(0), account::totp),
    route!(POST "/me/security/totp/off", CitizenForm(0), account::totp_off),
    route!(POST "/me/security/codes", CitizenForm(0), account::new_codes),
    route!(POST "/me/security/passkey/begin", CitizenForm(0), account::passkey_begin),
    route!(POST "/me/security/passkey/finish", CitizenForm(0), account::passkey_finish),
    route!(GET "/me/security/contact", Citizen(0), account::add_page),
    route!(POST "/me/security/contact", CitizenForm(0), account::add),
    route!(GET "/me/security/contact/code", Citizen(0), account::confirm_page),
    route!(POST "/me/security/contact/code", CitizenForm(0), account::confirm),
    route!(POST "/me/security/contact/remove", CitizenForm(0), account::remove_reach),
    route!(GET "/about", Anyone, hall::about),
    route!(GET "/accessibility", Anyone, hall::accessibility),
    route!(GET "/sitemap", Anyone, hall::site_map),
    route!(GET "/display", Anyone, hall::display),
    route!(POST "/display", Form, hall::set_display),
    route!(GET "/components", Anyone, hall::components),
    route!(GET "/open", Anyone, hall::open),
    route!(GET "/open/services.json", Anyone, catalogue::services_json),
    route!(GET "/open/services.csv", Anyone, catalogue::services_csv),
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
