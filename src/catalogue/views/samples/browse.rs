//! Subjects, life events and zones, filled and empty.

use super::{body, cards, domains, events, link, say, zones};
use crate::{
    catalogue::views::{
        ClassSection, DomainView, DomainsView, EventStep, EventView, EventsView, RetiredView, ServiceGroup,
        ZoneView, ZonesView,
    },
    platform::i18n::Texts,
    web::frame::{Frame, SafeHtml, Tab, Text},
};

impl RetiredView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let agency = link(frame.t, "云州市气象局", "Yunzhou Meteorological Bureau", "/agencies/weather");
        Self { name: "气象灾害证明 <旧>".to_owned(), agency: Some(agency), frame }
    }
}

impl DomainsView {
    pub(crate) fn sample(frame: Frame) -> Self {
        Self { domains: domains(frame.t), services: 61, frame }
    }
}

fn tabs(t: Texts, current: usize) -> Vec<Tab> {
    let tab = |at: usize, label: Text, url: &str, count| Tab {
        label: label.text,
        url: url.to_owned(),
        count: Some(count),
        current: at == current,
    };
    vec![
        tab(0, Text::plain(t.domain_all_classes()), "/domains/D02", 5),
        tab(1, say(t, "驾驶证", "Driving licences"), "/domains/D02/D02-01", 5),
        tab(2, say(t, "车辆检验", "Vehicle inspection"), "/domains/D02/D02-02", 0),
    ]
}

impl DomainView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            code: "D02".to_owned(),
            name: say(t, "驾驶与车辆", "Driving and vehicles"),
            about: say(t, "驾驶证、车辆登记、违法处理", "Licences, vehicle registration, offences"),
            icon: "car".to_owned(),
            services: 5,
            zero_visit: 3,
            tabs: tabs(t, 0),
            classes: vec![
                ClassSection {
                    code: "D02-01".to_owned(),
                    name: say(t, "驾驶证", "Driving licences"),
                    services: cards(t),
                },
                ClassSection {
                    code: "D02-02".to_owned(),
                    name: say(t, "车辆检验", "Vehicle inspection"),
                    services: Vec::new(),
                },
            ],
            class: None,
            frame,
        }
    }

    /// One class of it.
    pub(crate) fn sample_class(frame: Frame) -> Self {
        let whole = Self::sample(frame);
        let t = whole.frame.t;
        Self {
            tabs: tabs(t, 1),
            class: Some(say(t, "驾驶证", "Driving licences")),
            classes: whole.classes.into_iter().take(1).collect(),
            ..whole
        }
    }
}

impl EventsView {
    pub(crate) fn sample(frame: Frame) -> Self {
        Self { events: events(frame.t), frame }
    }
}

impl EventView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let notes = [
            say(t, "出生后 30 天内", "Within 30 days of the birth"),
            Text::default(),
            say(t, "领到出生证明以后", ""),
        ];
        let steps = notes.into_iter().zip(cards(t)).map(|(note, service)| EventStep { note, service });
        Self {
            name: say(t, "孩子出生", "A child is born"),
            about: say(t, "出生证明、落户、社保卡、生育津贴", "Birth certificate, registration, allowance"),
            icon: "baby".to_owned(),
            steps: steps.collect(),
            agencies: 2,
            together: 2,
            apply: "/events/new-car/apply".to_owned(),
            others: events(t).split_off(1),
            frame,
        }
    }

    /// None of its services are online.
    pub(crate) fn sample_empty(frame: Frame) -> Self {
        Self { steps: Vec::new(), agencies: 0, together: 0, others: Vec::new(), ..Self::sample(frame) }
    }
}

impl ZonesView {
    pub(crate) fn sample(frame: Frame) -> Self {
        Self { zones: zones(frame.t), frame }
    }
}

impl ZoneView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let (help, help_fallback) = body(
            t,
            "<p>不会用手机也没关系：<strong>带上身份证</strong>到任何一个社区窗口，有人帮您办。</p>",
            "",
        );
        Self {
            name: say(t, "老年人", "Older people"),
            about: say(t, "养老金、优待证、高龄津贴", "Pensions, senior card, allowances"),
            icon: "elder".to_owned(),
            help,
            help_fallback,
            services: 5,
            groups: vec![ServiceGroup {
                class: link(t, "社会保险", "Social insurance", "/domains/D09"),
                services: cards(t),
            }],
            others: zones(t).split_off(1),
            offer_large: !frame.look.large,
            frame,
        }
    }

    /// A zone just begun.
    pub(crate) fn sample_empty(frame: Frame) -> Self {
        Self {
            help: SafeHtml::default(),
            help_fallback: false,
            services: 0,
            groups: Vec::new(),
            others: Vec::new(),
            offer_large: false,
            ..Self::sample(frame)
        }
    }
}
