//! Samples of the pages of notices, for their snapshots.

use chrono::{NaiveDate, NaiveDateTime};

use super::{
    model::{Carrier, Topic},
    views::{
        ChoicesView, DeskView, NoticeLine, NoticeView, NoticesView, OutletLine, OutletSecret, OutletsView,
        PrincipalChoicesView, PrincipalLine, StopView, TopicChoice, UndeliveredLine, WayLine,
    },
};
use crate::{
    platform::Texts,
    web::frame::{Choice, Field, Frame, Pager},
};

fn moment(hour: u32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 11, 20).unwrap().and_hms_opt(hour, 30, 0).unwrap()
}

impl NoticesView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let line = |title: &str, hour, read: bool| NoticeLine {
            url: "/me/notices/0193".to_owned(),
            title: title.to_owned(),
            said: moment(hour),
            read,
            by_law: !read,
            of_other: read.then(|| frame.t.notice_of_company()),
        };
        Self {
            csrf: "token".to_owned(),
            said: Some(("ok", frame.t.notices_said_saved().to_owned())),
            unread: 1,
            notices: vec![
                line(frame.t.news_new_device(), 9, false),
                line(frame.t.news_password_changed(), 8, true),
            ],
            pager: Pager { page: 1, pages: 2, base: "/me/notices?page=".to_owned() },
            frame,
        }
    }

    pub(crate) fn sample_empty(frame: Frame) -> Self {
        let pager = Pager { page: 1, pages: 0, base: String::new() };
        Self { said: None, unread: 0, notices: Vec::new(), pager, ..Self::sample(frame) }
    }
}

impl NoticeView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let way = |channel: &str, stands: String| WayLine { channel: t.notice_channel(channel), stands };
        Self {
            title: t.news_new_device().to_owned(),
            text: "<Firefox> · Android".to_owned(),
            path: "/me/security".to_owned(),
            said: moment(9),
            by_law: true,
            of_other: Some(t.notice_of_person()),
            ways: vec![way("sms", t.notice_way("arrived")), way("email", t.notice_suppressed("no-address"))],
            frame,
        }
    }
}

impl ChoicesView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let topic = |topic: Topic| {
            let choices =
                Carrier::ALL.map(|carrier| Choice::new(carrier.tag(), t.notice_channel(carrier.tag()), true));
            TopicChoice {
                field: Field::new(topic.tag(), t.notice_topic(topic.tag())).choices(choices.into()),
            }
        };
        Self {
            csrf: "token".to_owned(),
            outlets: true,
            principals: vec![child(t)],
            unreached: ["sms", "webhook"].map(|carrier| t.notices_unreached(carrier)).into(),
            topics: Topic::ALL.into_iter().filter(|one| one.may_be_chosen()).map(topic).collect(),
            quiet_from: Field::new("quiet_from", t.notices_quiet_from()).value("22:00"),
            quiet_until: Field::new("quiet_until", t.notices_quiet_until())
                .value("late")
                .error(t.wrong_time()),
            gathered_at: Field::new("gathered_at", t.notices_gathered_at())
                .hint(t.notices_gathered_hint())
                .value("18:00"),
            frame,
        }
    }
}

impl OutletsView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let line = |name: &str, carrier: Carrier, stands, may_ask| OutletLine {
            id: "0193".to_owned(),
            name: name.to_owned(),
            channel: t.notice_channel(carrier.tag()),
            stands,
            made: moment(9),
            may_ask,
        };
        Self {
            csrf: "token".to_owned(),
            said: Some(("ok", t.notices_said_saved().to_owned())),
            secret: None,
            lines: vec![
                line("bot.example", Carrier::Webhook, ("ok", t.outlet_works()), false),
                line("second.example", Carrier::Webhook, ("warn", t.outlet_open()), true),
                line("third.example", Carrier::Webhook, ("warn", t.outlet_silent()), true),
                line("Firefox <b> · Android", Carrier::Push, ("warn", t.outlet_unreached()), false),
                line("Lin’s telephone", Carrier::App, ("ok", t.outlet_works()), false),
            ],
            unreached: true,
            address: Some(
                Field::new("address", t.outlet_address())
                    .hint(t.outlet_address_hint())
                    .value("http://bot.example")
                    .error(t.outlet_wrong_https()),
            ),
            push: Some("BCVxsr7N".to_owned()),
            app: true,
            frame,
        }
    }

    pub(crate) fn sample_secret(frame: Frame) -> Self {
        let secret = OutletSecret { secret: "kX3v9Qy2mN8rT5wZ".to_owned(), id: "0193".to_owned() };
        let mut view = Self::sample(frame);
        view.lines.truncate(1);
        Self {
            said: None,
            secret: Some(secret),
            unreached: false,
            address: None,
            push: None,
            app: false,
            ..view
        }
    }
}

fn child(t: Texts) -> PrincipalLine {
    PrincipalLine {
        url: "/me/notices/choices/0193".to_owned(),
        name: "林*<b>".to_owned(),
        kind: t.acting_kind_child(),
    }
}

impl PrincipalChoicesView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let ChoicesView { csrf, mut topics, .. } = ChoicesView::sample(frame.clone());
        topics.truncate(3);
        let line = child(frame.t);
        Self { csrf, action: line.url.clone(), line, apart: true, topics, frame }
    }
}

impl StopView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let topic = frame.t.notice_topic(Topic::Cases.tag());
        Self { topic, action: "/notices/stop/x".to_owned(), done: false, frame }
    }

    pub(crate) fn sample_done(frame: Frame) -> Self {
        Self { done: true, ..Self::sample(frame) }
    }
}

impl DeskView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let line = |reason: &str, words: &str, may_go_again| UndeliveredLine {
            channel: "sms".to_owned(),
            reason: reason.to_owned(),
            words: words.to_owned(),
            count: 12,
            first: Some(moment(8)),
            last: Some(moment(9)),
            may_go_again,
        };
        let down = "the provider of text messages answered 503";
        Self {
            csrf: "token".to_owned(),
            said: Some(("ok", frame.t.notices_desk_again_said(12))),
            filters: vec![Field::new("sort", frame.t.audit_order()).choices(vec![Choice::new(
                "channel",
                frame.t.notices_desk_sort("channel"),
                true,
            )])],
            hidden: vec![("channel", "sms".to_owned()), ("sort", "channel".to_owned())],
            pager: Pager {
                page: 1,
                pages: 2,
                base: "/admin/notices?channel=sms&sort=channel&page=".to_owned(),
            },
            lines: vec![
                line(down, down, true),
                line("undelivered", frame.t.notices_desk_undelivered(), false),
            ],
            frame,
        }
    }

    pub(crate) fn sample_none(frame: Frame) -> Self {
        let pager =
            Pager { page: 1, pages: 0, base: "/admin/notices?channel=&sort=channel&page=".to_owned() };
        Self { said: None, lines: Vec::new(), pager, ..Self::sample(frame) }
    }
}
