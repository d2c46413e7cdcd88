//! What the pages of agencies show.

mod backends;
pub mod packages;
pub mod review;
#[cfg(test)]
mod review_samples;
#[cfg(test)]
mod samples;
pub mod words;

use askama::Template;
use chrono::NaiveDateTime;

use super::clients::{Act, AuthMethod, Client, Problem, SiteAct, State};
use crate::{
    platform::{Texts, clock::CITY_ZONE, named},
    web::{Frame, frame::Dates as _},
};

pub use backends::{BackendTab, BindingLine, BindingsView, ChooseView, EndingLine, backend_tabs};

pub fn state_name(t: Texts, state: State) -> &'static str {
    match state {
        State::Draft => t.site_state_draft(),
        State::Pending => t.site_state_pending(),
        State::Approved => t.site_state_approved(),
        State::Suspended => t.site_state_suspended(),
    }
}

pub fn auth_name(t: Texts, way: AuthMethod) -> &'static str {
    match way {
        AuthMethod::ClientSecretBasic => t.site_auth_basic(),
        AuthMethod::ClientSecretPost => t.site_auth_post(),
        AuthMethod::PrivateKeyJwt => t.site_auth_key(),
    }
}

pub fn scope_name(t: Texts, scope: &str) -> &'static str {
    match scope {
        "profile" => t.site_scope_profile(),
        "phone" => t.site_scope_phone(),
        "email" => t.site_scope_email(),
        _ => t.site_scope_identity(),
    }
}

pub fn problem(t: Texts, problem: Problem) -> &'static str {
    match problem {
        Problem::NameMissing => t.site_wrong_name(),
        Problem::NotOfTheAgency => t.site_wrong_sector(),
        Problem::NoAddress => t.site_wrong_none(),
        Problem::TooMany => t.site_wrong_many(),
        Problem::NotAnAddress => t.site_wrong_address(),
        Problem::NoHost => t.site_wrong_host(),
        Problem::NotHttps => t.site_wrong_https(),
        Problem::AfterHash => t.site_wrong_hash(),
        Problem::CarriesUser => t.site_wrong_user(),
        Problem::NotPlain => t.site_wrong_plain(),
        Problem::Inside => t.site_wrong_inside(),
        Problem::UnknownScope => t.site_wrong_scope(),
        Problem::KeysMissing => t.site_wrong_keys_missing(),
        Problem::KeysUnused => t.site_wrong_keys_unused(),
        Problem::PrivateKeys => t.site_wrong_keys_private(),
        Problem::NoKeySet => t.site_wrong_no_key_set(),
        Problem::NoKey => t.site_wrong_no_key(),
        Problem::WeakKey => t.site_wrong_key_weak(),
    }
}

/// `/agency/sites`
#[derive(Debug, Template)]
#[template(path = "agencies/sites.html")]
pub struct SitesView {
    pub frame: Frame,
    pub sites: Vec<SiteLine>,
    pub registers: bool,
}

#[derive(Debug, Clone)]
pub struct SiteLine {
    pub id: String,
    pub name: String,
    pub agency: String,
    pub state: &'static str,
    /// For somebody's approval.
    pub waits: bool,
}

/// `/agency/sites/{id}`, and what follows a registration.
#[derive(Debug, Template)]
#[template(path = "agencies/site.html")]
pub struct SiteView {
    pub frame: Frame,
    pub csrf: String,
    /// Kind of notice and its words.
    pub said: Option<(&'static str, &'static str)>,
    /// Shown once, right after it was made.
    pub secret: Option<String>,
    pub state: &'static str,
    pub approves: bool,
    pub shuts: bool,
    /// A higher branch shut it, and the reader cannot open it.
    pub shut_above: bool,
    /// What was done to it, the latest first.
    pub acts: Vec<ActLine>,
    pub client: Client,
}

/// Something that was done to a site: what, by whom, when.
#[derive(Debug, Clone)]
pub struct ActLine {
    pub what: &'static str,
    pub by: String,
    pub at: NaiveDateTime,
}

pub(super) fn acts_lines(t: Texts, history: &[SiteAct]) -> Vec<ActLine> {
    let line = |entry: &SiteAct| {
        let branch = entry.branch.as_str().trim_matches('/');
        let branch = if branch.is_empty() { t.site_city() } else { branch };
        ActLine {
            what: match entry.act {
                Act::Approved => t.site_act_approved(),
                Act::Shut => t.site_act_shut(),
                Act::Reopened => t.site_act_reopened(),
            },
            by: t.site_act_by(named::Branch(branch), named::Name(entry.by.as_str())),
            at: entry.at.with_timezone(&CITY_ZONE).naive_local(),
        }
    };
    history.iter().map(line).collect()
}

impl SiteView {
    fn name(&self) -> &str {
        self.frame.t.say(&self.client.name).text
    }

    fn said(&self, kind: &str) -> Option<&str> {
        self.said.filter(|(said, _)| *said == kind).map(|(_, words)| words)
    }

    fn is_shut(&self) -> bool {
        self.client.state == State::Suspended
    }

    fn auth(&self) -> &'static str {
        auth_name(self.frame.t, self.client.auth)
    }

    fn scopes(&self) -> String {
        let names: Vec<_> = self.client.scopes.iter().map(|scope| scope_name(self.frame.t, scope)).collect();
        names.join(self.frame.t.list_comma())
    }
}

#[cfg(test)]
mod site_samples {
    use yimen_contract::Bilingual;

    use super::*;
    use crate::{accounts::staff::Branch, agencies::clients::ClientId, web::frame::Who};

    pub(in crate::agencies) fn at_work(mut frame: Frame) -> Frame {
        frame.who = Some(Who {
            name: "Z*".to_owned(),
            acting: None,
            staff: true,
            left: 900,
            until: "10:45".to_owned(),
        });
        frame
    }

    impl SitesView {
        pub fn sample(frame: Frame) -> Self {
            let t = frame.t;
            let line = |name: (&str, &str), state, waits| SiteLine {
                id: "0193".to_owned(),
                name: t.say(&Bilingual::new(name.0, name.1)).text.to_owned(),
                agency: "library".to_owned(),
                state,
                waits,
            };
            Self {
                sites: vec![
                    line(("读者服务", "Reader services"), t.site_state_pending(), true),
                    line(("云州市图书馆", "Yunzhou Library"), t.site_state_approved(), false),
                ],
                registers: true,
                frame: at_work(frame),
            }
        }

        pub fn sample_empty(frame: Frame) -> Self {
            Self { sites: Vec::new(), registers: false, frame: at_work(frame) }
        }
    }

    impl SiteView {
        /// Shut by its agency and then by the city, as the agency sees it.
        pub fn sample_shut(frame: Frame) -> Self {
            let entry = |act, by: &str, branch: &str, day| SiteAct {
                act,
                by: by.to_owned(),
                branch: Branch::parse(branch).unwrap_or_else(Branch::city),
                at: format!("2026-11-{day}T02:30:00Z").parse().unwrap_or_default(),
            };
            let history = [
                entry(Act::Shut, "wu", "/", 20),
                entry(Act::Shut, "chen", "library", 19),
                entry(Act::Approved, "wu", "/", 10),
            ];
            let mut view = Self::sample(frame);
            let t = view.frame.t;
            (view.said, view.secret, view.state) = (None, None, t.site_state_suspended());
            (view.client.state, view.client.approved_by) = (State::Suspended, Some("wu".to_owned()));
            (view.approves, view.shuts, view.shut_above) = (false, false, true);
            view.acts = acts_lines(t, &history);
            view
        }

        pub fn sample(frame: Frame) -> Self {
            let t = frame.t;
            Self {
                csrf: "token".to_owned(),
                said: Some(("ok", t.site_made())),
                secret: Some("7k2m9qx4rt".to_owned()),
                state: t.site_state_pending(),
                approves: true,
                shuts: true,
                shut_above: false,
                acts: Vec::new(),
                client: Client {
                    id: ClientId::from(uuid::Uuid::nil()),
                    agency: "library".to_owned(),
                    name: Bilingual::new("读者服务", "Reader services"),
                    sector: "library".to_owned(),
                    redirect_uris: vec!["https://library.example/back".to_owned()],
                    post_logout_redirect_uris: vec!["https://library.example/bye".to_owned()],
                    backchannel_logout_uri: None,
                    auth: AuthMethod::ClientSecretBasic,
                    secret_hash: None,
                    jwks: None,
                    scopes: vec!["profile".to_owned(), "phone".to_owned()],
                    par_required: true,
                    state: State::Pending,
                    created_by: "chen".to_owned(),
                    approved_by: None,
                },
                frame: at_work(frame),
            }
        }
    }
}
