//! What the provider's pages show.

use askama::Template;

use super::{
    ask::{Scope, Unsafe},
    steps::{self, Question},
};
use crate::{
    agencies::clients::Client,
    web::frame::{Frame, Text},
};

/// The question whether somebody agrees to what a site will see.
#[derive(Debug, Template)]
#[template(path = "sso/consent.html")]
pub struct ConsentView {
    pub frame: Frame,
    pub csrf: String,
    pub request: String,
    pub site: Text,
    /// Scheme, host and port of the site: how one tells a false friend.
    pub origin: String,
    /// What it will see, in plain words.
    pub kinds: Vec<String>,
    /// Whether it also wants the identity number, which is agreed to on its own.
    pub identity: bool,
}

impl ConsentView {
    pub(super) fn new(frame: Frame, csrf: String, question: &Question) -> Self {
        let t = frame.t;
        let kind = |scope: &Scope| match scope {
            Scope::Profile => Some(t.provider_kind_name()),
            Scope::Phone => Some(t.provider_kind_phone()),
            Scope::Email => Some(t.provider_kind_email()),
            Scope::Identity => None,
        };
        Self {
            csrf,
            request: question.request.clone(),
            site: Text::of(t, &question.client.name),
            origin: steps::origin(&question.back).unwrap_or_default(),
            kinds: question.scopes.iter().filter_map(kind).map(str::to_owned).collect(),
            identity: question.scopes.contains(&Scope::Identity),
            frame,
        }
    }
}

/// The way on to a site, for browsers that may not be sent there directly.
#[derive(Debug, Template)]
#[template(path = "sso/onward.html")]
pub struct OnwardView {
    pub frame: Frame,
    pub address: String,
    pub host: String,
}

/// Why a request leads nowhere.
#[derive(Debug, Template)]
#[template(path = "sso/refused.html")]
pub struct RefusedView {
    pub frame: Frame,
    pub why: Unsafe,
}

impl RefusedView {
    fn explanation(&self) -> &'static str {
        let t = self.frame.t;
        match self.why {
            Unsafe::UnknownSite => t.provider_refused_unknown(),
            Unsafe::ShutSite => t.provider_refused_shut(),
            Unsafe::WrongAddress => t.provider_refused_address(),
            Unsafe::Over => t.provider_refused_over(),
            Unsafe::OtherPerson => t.provider_refused_other(),
            Unsafe::Garbled => t.provider_refused_garbled(),
        }
    }
}

/// The question whether somebody really wants to sign out.
#[derive(Debug, Template)]
#[template(path = "sso/leave.html")]
pub struct LeaveView {
    pub frame: Frame,
    pub csrf: String,
    pub site: Option<Text>,
    pub client: String,
    pub back: String,
    pub state: String,
}

impl LeaveView {
    pub(super) fn new(
        frame: Frame,
        csrf: String,
        client: Option<&Client>,
        back: Option<String>,
        state: Option<String>,
    ) -> Self {
        Self {
            csrf,
            site: client.map(|client| Text::of(frame.t, &client.name)),
            client: client.map(|client| client.id.to_string()).unwrap_or_default(),
            back: back.unwrap_or_default(),
            state: state.unwrap_or_default(),
            frame,
        }
    }
}

/// Somebody is signed out.
#[derive(Debug, Template)]
#[template(path = "sso/left.html")]
pub struct LeftView {
    pub frame: Frame,
}

#[cfg(test)]
mod samples {
    use yimen_contract::Bilingual;

    use super::*;

    fn library(frame: &Frame) -> Text {
        Text::of(frame.t, &Bilingual::new("云州市图书馆读者服务", "Yunzhou Library Reader Services"))
    }

    impl ConsentView {
        pub(crate) fn sample(frame: Frame) -> Self {
            Self {
                csrf: "token".into(),
                request: "request".into(),
                site: library(&frame),
                origin: "https://library.example".into(),
                kinds: vec![frame.t.provider_kind_name().into(), frame.t.provider_kind_phone().into()],
                identity: true,
                frame,
            }
        }

        pub(crate) fn sample_bare(frame: Frame) -> Self {
            Self { kinds: Vec::new(), identity: false, ..Self::sample(frame) }
        }
    }

    impl OnwardView {
        pub(crate) fn sample(frame: Frame) -> Self {
            let address = "https://library.example/back?code=x&state=y".to_owned();
            Self { frame, address, host: "https://library.example".into() }
        }
    }

    impl RefusedView {
        pub(crate) fn sample(frame: Frame) -> Self {
            Self { frame, why: Unsafe::WrongAddress }
        }
    }

    impl LeaveView {
        pub(crate) fn sample(frame: Frame) -> Self {
            Self {
                csrf: "token".into(),
                site: Some(library(&frame)),
                client: "client".into(),
                back: "https://library.example/bye".into(),
                state: String::new(),
                frame,
            }
        }
    }

    impl LeftView {
        pub(crate) fn sample(frame: Frame) -> Self {
            Self { frame }
        }
    }
}
