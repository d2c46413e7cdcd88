//! One filled example of each of the pages of the city's own numbers.

use super::{ChangeRow, NextRow, RuleGroup, RuleHistoryView, RuleRow, RuleView, RuleWish, RulesView};
use crate::{
    accounts::staff::views::at_work,
    catalogue::views::samples::{day, moment},
    platform::{Texts, named},
    web::frame::{Choice, Field, Frame, Pager, Tab},
};

fn both(t: Texts) -> String {
    t.rule_by_both(named::Approved("wu"), named::Asked("zhou"))
}

fn change(t: Texts) -> ChangeRow {
    ChangeRow {
        url: Some("/admin/policy/contact-due".to_owned()),
        rule: t.rule_name("contact-due"),
        was: t.rule_working_days(1_u32),
        value: t.rule_working_days(2_u32),
        from: day(2026, 12, 1),
        reason: "人手不够 <two officers>".to_owned(),
        asked_by: "zhou".to_owned(),
        asked_at: moment(day(2026, 11, 20), 9, 0),
        kind: "ok",
        state: t.rule_state("approved"),
        decided_by: Some("wu".to_owned()),
        decided_at: Some(moment(day(2026, 11, 20), 10, 30)),
        words: String::new(),
    }
}

fn refused(t: Texts) -> ChangeRow {
    ChangeRow {
        kind: "plain",
        state: t.rule_state("refused"),
        words: "先把人招齐".to_owned(),
        value: t.rule_working_days(9_u32),
        ..change(t)
    }
}

fn asked(t: Texts) -> ChangeRow {
    ChangeRow { kind: "warn", state: t.rule_state("asked"), decided_by: None, decided_at: None, ..change(t) }
}

impl RulesView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let plain = RuleRow {
            url: "/admin/policy/fix-due".to_owned(),
            name: t.rule_name("fix-due"),
            about: t.rule_about("fix-due"),
            value: t.rule_working_days(5_u32),
            since: None,
            by: None,
            next: None,
            asked_by: Some("zhou".to_owned()),
        };
        let changed = RuleRow {
            url: "/admin/policy/contact-due".to_owned(),
            name: t.rule_name("contact-due"),
            about: t.rule_about("contact-due"),
            value: t.rule_working_days(2_u32),
            since: Some(moment(day(2026, 11, 20), 10, 30)),
            by: Some(both(t)),
            next: Some(t.rule_next(named::Day("2026-12-10"), named::Numbers(t.rule_working_days(1_u32)))),
            asked_by: None,
        };
        let tab = |label: String, url: &str, current: bool| Tab {
            label,
            url: url.to_owned(),
            count: None,
            current,
        };
        Self {
            tabs: vec![
                tab(t.rules_all().to_owned(), "/admin/policy", true),
                tab(t.rules_group("follow-ups"), "/admin/policy?group=follow-ups", false),
            ],
            waiting: 1,
            groups: vec![RuleGroup {
                id: "follow-ups",
                title: t.rules_group("follow-ups"),
                rows: vec![changed, plain],
            }],
            frame: at_work(frame),
        }
    }
}

impl RuleView {
    /// As the city's package says, and never changed.
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let bounds = (t.rule_working_days(1_u32), t.rule_working_days(365_u32));
        let why = Field::new("words", t.rule_refusal()).hint(t.rule_refusal_hint());
        Self {
            csrf: "token".to_owned(),
            said: None,
            url: "/admin/policy/contact-due".to_owned(),
            name: t.rule_name("contact-due"),
            about: t.rule_about("contact-due"),
            value: t.rule_working_days(1_u32),
            first: t.rule_working_days(1_u32),
            bounds: t.rule_bounds(named::Least(bounds.0), named::Most(bounds.1)),
            since: None,
            by: None,
            next: Vec::new(),
            wish: None,
            why: Field { required: true, ..why },
            rows: Vec::new(),
            all: "/admin/policy/history?rule=contact-due".to_owned(),
            frame: at_work(frame),
        }
    }

    /// Somebody else wants it changed, and the reader gave no reason for refusing.
    pub(crate) fn sample_asked(frame: Frame) -> Self {
        let t = frame.t;
        let view = Self::sample(frame);
        let wish = RuleWish { id: "0193".to_owned(), own: false, late: true, row: asked(t) };
        Self {
            wish: Some(wish),
            why: view.why.error(t.rule_wrong_reason(500_usize)),
            next: vec![NextRow { from: day(2026, 12, 10), value: t.rule_working_days(3_u32), by: both(t) }],
            since: Some(moment(day(2026, 11, 20), 10, 30)),
            by: Some(both(t)),
            rows: vec![asked(t), change(t), refused(t)],
            ..view
        }
    }

    pub(crate) fn sample_own(frame: Frame) -> Self {
        let t = frame.t;
        let view = Self::sample(frame);
        let wish = RuleWish { id: "0193".to_owned(), own: true, late: false, row: asked(t) };
        Self {
            wish: Some(wish),
            said: Some(("ok", t.rule_said_asked().to_owned())),
            rows: vec![asked(t)],
            ..view
        }
    }
}

impl RuleHistoryView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let field = |name: &'static str, label: &'static str, choice: &str| {
            let choices = vec![Choice::new("", choice, true)];
            Field { required: true, ..Field::new(name, label).choices(choices) }
        };
        Self {
            csrf: "token".to_owned(),
            rule: field("rule", t.rules_rule(), t.rules_every()),
            state: field("state", t.rules_state(), t.rules_any_state()),
            order: field("order", t.audit_order(), t.audit_newest()),
            hidden: [("rule", ""), ("state", ""), ("order", "newest")],
            rows: vec![
                asked(t),
                change(t),
                ChangeRow { url: None, rule: "old_rule".to_owned(), ..refused(t) },
            ],
            all: 120,
            pager: Pager {
                page: 2,
                pages: 3,
                base: "/admin/policy/history?rule=&state=&order=newest&page=".to_owned(),
            },
            frame: at_work(frame),
        }
    }

    pub(crate) fn sample_none(frame: Frame) -> Self {
        let pager = Pager { page: 1, pages: 0, base: "/admin/policy/history?page=".to_owned() };
        Self { rows: Vec::new(), all: 0, pager, ..Self::sample(frame) }
    }
}
