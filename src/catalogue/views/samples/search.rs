//! A search with results and filters, and one that finds nothing.

use super::{cards, domains, link, say};
use crate::{
    catalogue::views::{Filter, FilterOption, Hit, OpenSearchView, SearchView},
    platform::i18n::Texts,
    web::frame::{Frame, Pager, SafeHtml, Text},
};

fn option(value: &str, label: Text, count: usize, chosen: bool) -> FilterOption {
    FilterOption { value: value.to_owned(), label, count, chosen }
}

pub(super) fn agencies_filter(t: Texts, chosen: bool) -> Filter {
    Filter {
        name: "agency",
        label: t.filter_agency().to_owned(),
        options: vec![
            option(
                "traffic-police",
                say(t, "云州市公安局交通警察支队", "Yunzhou Traffic Police"),
                12,
                chosen,
            ),
            option("water", say(t, "云州市自来水公司", ""), 1, false),
        ],
        without: "/search?q=%E9%A9%BE%E7%85%A7".to_owned(),
    }
}

fn visits_filter(t: Texts) -> Filter {
    Filter {
        name: "visits",
        label: t.filter_visits().to_owned(),
        options: vec![
            option("0", Text::plain(t.filter_zero_visit()), 9, false),
            option("1", Text::plain(t.filter_one_visit()), 3, false),
        ],
        without: "/search?q=%E9%A9%BE%E7%85%A7&agency=traffic-police".to_owned(),
    }
}

impl SearchView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let hits = cards(t).into_iter().map(|card| Hit {
            fallback: card.name.fallback,
            name: SafeHtml(format!("<mark>{}</mark>", card.name.text)),
            excerpt: SafeHtml(format!("{} <mark>&lt;90&gt;</mark>", card.summary.text.replace('<', "&lt;"))),
            card,
        });
        Self {
            q: say(t, "驾照", "driving licence").text,
            found: 45,
            hits: hits.collect(),
            agencies: vec![link(
                t,
                "云州市公安局交通警察支队",
                "Yunzhou Traffic Police",
                "/agencies/traffic-police",
            )],
            policies: vec![link(t, "驾驶证电子化", "", "/policies/licence")],
            bulletins: vec![link(t, "车管所搬迁", "The Vehicle Office moves", "/bulletins/move")],
            filters: vec![agencies_filter(t, true), visits_filter(t)],
            pager: Pager { page: 1, pages: 3, base: "/search?q=%E9%A9%BE%E7%85%A7&page=".to_owned() },
            page_size: 20,
            unsure: true,
            did_you_mean: None,
            domains: Vec::new(),
            hot: Vec::new(),
            frame,
        }
    }

    /// Nothing found, with every way on.
    pub(crate) fn sample_nothing(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            q: "<jiazhao> & \"jz\"".to_owned(),
            found: 0,
            hits: Vec::new(),
            agencies: Vec::new(),
            policies: Vec::new(),
            bulletins: Vec::new(),
            pager: Pager { page: 1, pages: 1, base: "/search?page=".to_owned() },
            did_you_mean: Some(link(t, "驾照", "driving licence", "/search?q=%E9%A9%BE%E7%85%A7")),
            domains: domains(t),
            hot: vec![link(t, "社保卡", "social security card", "/search?q=%E7%A4%BE%E4%BF%9D%E5%8D%A1")],
            ..Self::sample(frame)
        }
    }
}

impl OpenSearchView {
    pub(crate) fn sample(frame: Frame) -> Self {
        Self { frame }
    }
}
