//! Districts: their streets, and whom people there can call.

use askama::Template;

use crate::web::frame::{Frame, Link, Text};

/// `/districts`
#[derive(Debug, Template)]
#[template(path = "catalogue/districts.html")]
pub struct DistrictsView {
    pub frame: Frame,
    pub districts: Vec<Link>,
}

/// Whom to call.
#[derive(Debug)]
pub struct ContactLine {
    /// Nothing where it is the whole district.
    pub street: Option<Text>,
    pub duty: Text,
    pub phone: String,
}

/// `/districts/{code}`
#[derive(Debug, Template)]
#[template(path = "catalogue/district.html")]
pub struct DistrictView {
    pub frame: Frame,
    pub name: Text,
    pub streets: Vec<Text>,
    pub contacts: Vec<ContactLine>,
    /// What can be reported in this city, and how satisfied people here are.
    pub reports: bool,
    pub quality: Option<String>,
}

#[cfg(test)]
impl DistrictsView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let name = Text::of(frame.t, &yimen_contract::Bilingual::new("云江区", "Yunjiang District"));
        Self { districts: vec![Link::new(name, "/districts/990101")], frame }
    }

    pub(crate) fn sample_none(frame: Frame) -> Self {
        Self { districts: Vec::new(), frame }
    }
}

#[cfg(test)]
impl DistrictView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let say = |zh: &str, en: &str| Text::of(t, &yimen_contract::Bilingual::new(zh, en));
        let street = || say("政和街道 <一>", "");
        Self {
            name: say("云江区", "Yunjiang District"),
            streets: vec![street(), say("通衢街道", "Tongqu Street")],
            contacts: vec![
                ContactLine {
                    street: None,
                    duty: say("便民服务", "Help for residents"),
                    phone: "0990-5901000".to_owned(),
                },
                ContactLine {
                    street: Some(street()),
                    duty: say("联系群众负责人", "Person responsible for residents"),
                    phone: "0990-5901010".to_owned(),
                },
            ],
            reports: true,
            quality: Some("/quality/districts/990101".to_owned()),
            frame,
        }
    }

    pub(crate) fn sample_bare(frame: Frame) -> Self {
        Self { contacts: Vec::new(), reports: false, quality: None, ..Self::sample(frame) }
    }
}
