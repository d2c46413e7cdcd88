//! The list of agencies, an agency with everything, and one that has just joined.

use yimen_contract::{
    agency::{AgencyKind, Level},
    service::Maturity,
};

use super::{bulletins, cards, link, policies, say};
use crate::{
    catalogue::views::{
        AgenciesView, AgencyContact, AgencyGroup, AgencyLine, AgencyView, ClosureLine, LicenceCard,
        ScoreView, ServiceGroup,
    },
    web::frame::{Frame, Tab, Text},
};

impl AgenciesView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let field =
            |label: String, url: &str, current| Tab { label, url: url.to_owned(), count: None, current };
        let line = |name: Text, about: Text, slug: &str, services| AgencyLine {
            name,
            about,
            url: format!("/agencies/{slug}"),
            services,
        };
        Self {
            fields: vec![
                field(t.agencies_all_fields().to_owned(), "/agencies", true),
                field(t.agency_field("traffic"), "/agencies?field=traffic", false),
                field(t.agency_field("water"), "/agencies?field=water", false),
            ],
            groups: vec![
                AgencyGroup {
                    kind: AgencyKind::Dept,
                    agencies: vec![
                        line(
                            say(t, "云州市公安局交通警察支队", "Yunzhou Traffic Police"),
                            say(
                                t,
                                "管驾驶证、车辆和路上的秩序。",
                                "Driving licences, vehicles and order on the roads.",
                            ),
                            "traffic-police",
                            42,
                        ),
                        line(say(t, "云州市档案馆", ""), say(t, "保管全市档案。", ""), "archives", 0),
                    ],
                },
                AgencyGroup {
                    kind: AgencyKind::Utility,
                    agencies: vec![line(
                        say(t, "云州市自来水公司", "Yunzhou Water"),
                        say(t, "供水、抄表、报修。", "Supply, meters, repairs."),
                        "water",
                        1,
                    )],
                },
            ],
            count: 3,
            frame,
        }
    }

    /// A field in which nobody works yet.
    pub(crate) fn sample_empty(frame: Frame) -> Self {
        let mut view = Self::sample(frame);
        for (at, field) in view.fields.iter_mut().enumerate() {
            field.current = at == 2;
        }
        Self { groups: Vec::new(), count: 0, ..view }
    }
}

impl AgencyView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            slug: "traffic-police".to_owned(),
            name: say(t, "云州市公安局交通警察支队", "Yunzhou Traffic Police"),
            about: say(
                t,
                "管驾驶证、车辆和路上的秩序。",
                "Driving licences, vehicles and order on the roads.",
            ),
            kind: AgencyKind::Dept,
            level: Level::City,
            parent: Some(link(t, "云州市公安局", "Yunzhou Public Security Bureau", "/agencies/police")),
            verified: true,
            closures: vec![ClosureLine {
                title: t.planned_system_closed().to_owned(),
                reason: Text::default(),
                text: t.planned_some_text(),
            }],
            credit_code: "11990100MB0000001X".to_owned(),
            contact: AgencyContact {
                phone: "0999-1234567".to_owned(),
                complaint_phone: "0999-1234568".to_owned(),
                address: say(t, "云江区交通路 18 号", "18 Jiaotong Road, Yunjiang District"),
                hours: say(t, "周一至周五 9:00–17:00", "Mon–Fri 9:00–17:00"),
                email: Some("traffic@example.org".to_owned()),
                website: Some("https://traffic.example.org/".to_owned()),
            },
            availability: say(
                t,
                "每天 6:00–24:00；其余时间只能查询。",
                "Daily 6:00–24:00; look-ups only at other times.",
            ),
            services: 5,
            score: Some(ScoreView::sample(12, true)),
            maturity: vec![(Maturity::Enquiry, 2), (Maturity::Connected, 3)],
            groups: vec![ServiceGroup {
                class: link(t, "驾驶证", "Driving licences", "/domains/D02/D02-01"),
                services: cards(t),
            }],
            licences: vec![
                LicenceCard {
                    name: say(t, "机动车驾驶证", "Driving licence"),
                    validity: say(t, "期满前 90 天内可换证。", "Renewable within 90 days before expiry."),
                    renewal: Some(link(t, "驾驶证期满换证", "Renew a driving licence", "/services/YZ02022")),
                },
                LicenceCard {
                    name: say(t, "机动车行驶证", ""), validity: Text::default(), renewal: None
                },
            ],
            bulletins: bulletins(t),
            policies: policies(t),
            frame,
        }
    }

    /// An agency that has just joined.
    pub(crate) fn sample_new(frame: Frame) -> Self {
        let full = Self::sample(frame);
        Self {
            parent: None,
            verified: false,
            contact: AgencyContact { email: None, website: None, ..full.contact },
            availability: Text::default(),
            services: 0,
            score: None,
            maturity: Vec::new(),
            groups: Vec::new(),
            licences: Vec::new(),
            bulletins: Vec::new(),
            policies: Vec::new(),
            ..full
        }
    }
}
