//! One filled example of every view of the hall.

use super::{
    AboutView, AccessibilityView, ComponentsView, DisplayView, HomeView, Numbers, OpenFile, OpenView,
    SiteMapView, Urgent,
};
use crate::{
    catalogue::views::samples::{bulletins, cards, day, domains, events, link, moment, say, zones},
    web::frame::Frame,
};

fn numbers() -> Numbers {
    Numbers { services: 521, query: 180, handling: 341, zero_visit: 402, one_visit: 119, agencies: 63 }
}

impl HomeView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            hot: vec![
                link(t, "换驾照", "renew licence", "/search?q=%E6%8D%A2%E9%A9%BE%E7%85%A7"),
                link(t, "公积金提取", "housing fund", "/search?q=%E5%85%AC%E7%A7%AF%E9%87%91"),
            ],
            urgent: vec![Urgent {
                title: say(
                    t,
                    "暴雨红色预警：今天下午停课停运",
                    "Red rainstorm warning: schools and buses stop",
                ),
                agency: say(t, "云州市应急管理局", "Yunzhou Emergency Management Bureau"),
                until: moment(day(2026, 11, 20), 20, 0),
                url: "/bulletins/2026-1120-rain".to_owned(),
            }],
            most_used: cards(t),
            window_days: 30,
            domains: domains(t),
            events: events(t),
            zones: zones(t),
            bulletins: bulletins(t),
            numbers: numbers(),
            frame,
        }
    }

    /// A city on its first day.
    pub(crate) fn sample_first_day(frame: Frame) -> Self {
        Self {
            hot: Vec::new(),
            urgent: Vec::new(),
            most_used: Vec::new(),
            events: Vec::new(),
            zones: Vec::new(),
            bulletins: Vec::new(),
            numbers: Numbers::default(),
            ..Self::sample(frame)
        }
    }
}

impl AboutView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let about = say(
            frame.t,
            "云州是一座虚构的江边城市，有四个区县、三百万人。",
            "Yunzhou is an invented city on a river, with four districts and three million people.",
        );
        Self { about, numbers: numbers(), frame }
    }
}

impl AccessibilityView {
    pub(crate) fn sample(frame: Frame) -> Self {
        Self { frame }
    }
}

impl SiteMapView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            domains: domains(t),
            events: events(t),
            zones: zones(t),
            agencies: vec![
                link(t, "云州市公安局交通警察支队", "Yunzhou Traffic Police", "/agencies/traffic-police"),
                link(t, "云州市档案馆", "", "/agencies/archives"),
            ],
            frame,
        }
    }
}

impl OpenView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let file = |format, url: &str| OpenFile {
            name: t.open_services_name().to_owned(),
            about: t.open_services_about().to_owned(),
            url: url.to_owned(),
            format,
            rows: 521,
        };
        Self { files: vec![file("JSON", "/open/services.json"), file("CSV", "/open/services.csv")], frame }
    }
}

impl DisplayView {
    pub(crate) fn sample(frame: Frame) -> Self {
        Self::new(frame, "token", "/services/YZ02022?x=1&y=2")
    }

    /// After saving.
    pub(crate) fn sample_saved(frame: Frame) -> Self {
        Self { saved: true, ..Self::sample(frame) }
    }

    /// Answers that are not among the choices.
    pub(crate) fn sample_wrong(frame: Frame) -> Self {
        let mut view = Self::sample(frame);
        let error = view.frame.t.form_choose_one();
        for field in [&mut view.lang, &mut view.size] {
            field.error = Some(error.to_owned());
            field.choices.iter_mut().for_each(|choice| choice.chosen = false);
        }
        view
    }
}

impl ComponentsView {
    pub(crate) fn sample(frame: Frame) -> Self {
        Self::new(frame)
    }
}
