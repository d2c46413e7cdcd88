//! Samples of the pages of notices, for their snapshots.

use chrono::{NaiveDate, NaiveDateTime};

use super::{
    model::{CHANNELS, Topic, channel_tag},
    views::{
        ChoicesView, DeskView, NoticeLine, NoticeView, NoticesView, StopView, TopicChoice, UndeliveredLine,
        WayLine,
    },
};
use crate::web::frame::{Choice, Field, Frame, Pager};

fn moment(hour: u32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 11, 20).unwrap().and_hms_opt(hour, 30, 0).unwrap()
}

impl NoticesView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let line = |title: &str, hour, read| NoticeLine {
            url: "/me/notices/0193".to_owned(),
            title: title.to_owned(),
            said: moment(hour),
            read,
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
            ways: vec![way("sms", t.notice_way("arrived")), way("email", t.notice_suppressed("no-address"))],
            frame,
        }
    }
}

impl ChoicesView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let topic = |topic: Topic| {
            let choices = CHANNELS.map(|channel| {
                Choice::new(channel_tag(channel), t.notice_channel(channel_tag(channel)), true)
            });
            TopicChoice {
                field: Field::new(topic.tag(), t.notice_topic(topic.tag())).choices(choices.into()),
            }
        };
        Self {
            csrf: "token".to_owned(),
            unreached: vec![t.notices_unreached("sms")],
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
            lines: vec![
                line(down, down, true),
                line("undelivered", frame.t.notices_desk_undelivered(), false),
            ],
            frame,
        }
    }

    pub(crate) fn sample_none(frame: Frame) -> Self {
        Self { said: None, lines: Vec::new(), ..Self::sample(frame) }
    }
}
