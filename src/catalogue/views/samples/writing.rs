//! Notices and policies: lists, one in force, one that has ended.

use yimen_contract::writing::BulletinKind;

use super::{body, bulletins, cards, day, link, moment, policies, say, search::agencies_filter};
use crate::{
    catalogue::{
        counts::Writing,
        views::{BulletinView, BulletinsView, OpenedLine, OpenedView, PoliciesView, PolicyView, Words as _},
    },
    web::frame::{Frame, Pager, Tab},
};

impl BulletinsView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let tab = |label: &str, url: &str, current| Tab {
            label: label.to_owned(),
            url: url.to_owned(),
            count: None,
            current,
        };
        Self {
            kinds: vec![
                tab(t.bulletins_all_kinds(), "/bulletins", true),
                tab(t.bulletin_kind(&BulletinKind::Urgent), "/bulletins?kind=urgent", false),
                tab(t.bulletin_kind(&BulletinKind::Change), "/bulletins?kind=change", false),
            ],
            agency: agencies_filter(t, false),
            kind: None,
            bulletins: bulletins(t),
            found: 43,
            pager: Pager { page: 2, pages: 3, base: "/bulletins?page=".to_owned() },
            frame,
        }
    }

    /// A kind and an agency with nothing to say.
    pub(crate) fn sample_empty(frame: Frame) -> Self {
        let t = frame.t;
        let mut view = Self::sample(frame);
        for (at, tab) in view.kinds.iter_mut().enumerate() {
            tab.current = at == 1;
        }
        Self {
            agency: agencies_filter(t, true),
            kind: Some("urgent".to_owned()),
            bulletins: Vec::new(),
            found: 0,
            pager: Pager { page: 1, pages: 1, base: "/bulletins?page=".to_owned() },
            ..view
        }
    }
}

impl BulletinView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let (body, body_fallback) = body(
            t,
            "<p>从 11 月 14 日起，<strong>周六</strong>办事大厅开放到 17:00。</p><h2>能办什么</h2><ul><li>社保</li><li>公积金</li></ul>",
            "<p>From 14 November the service hall is open until 17:00 on <strong>Saturdays</strong>.</p><h2>What for</h2><ul><li>Social insurance</li><li>Housing fund</li></ul>",
        );
        Self {
            text: "/bulletins/2026-1109-hours/text".to_owned(),
            kind: BulletinKind::Change,
            warning: None,
            title: say(t, "周六延长开放到 17:00", "Open until 17:00 on Saturdays"),
            agency: link(t, "云州市政务服务局", "Yunzhou Government Services Bureau", "/agencies/services"),
            published: moment(day(2026, 11, 9), 9, 30),
            expires: Some(moment(day(2026, 12, 31), 23, 59)),
            expired: false,
            body,
            body_fallback,
            sample: false,
            services: cards(t),
            others: bulletins(t),
            frame,
        }
    }

    /// Ended, urgent and not translated.
    pub(crate) fn sample_expired(frame: Frame) -> Self {
        let t = frame.t;
        let (body, body_fallback) = body(t, "<p>今天 14 时起全市停课，公交停运。</p>", "");
        Self {
            kind: BulletinKind::Urgent,
            warning: Some(("red", vec![say(t, "云江区", "Yunjiang District")])),
            title: say(t, "暴雨红色预警", ""),
            expired: true,
            body,
            body_fallback,
            sample: true,
            services: Vec::new(),
            others: Vec::new(),
            ..Self::sample(frame)
        }
    }
}

impl PoliciesView {
    pub(crate) fn sample(frame: Frame) -> Self {
        Self {
            policies: policies(frame.t),
            found: 26,
            pager: Pager { page: 1, pages: 2, base: "/policies?page=".to_owned() },
            frame,
        }
    }

    /// Before the first one is published.
    pub(crate) fn sample_empty(frame: Frame) -> Self {
        let pager = Pager { page: 1, pages: 1, base: "/policies?page=".to_owned() };
        Self { policies: Vec::new(), found: 0, pager, frame }
    }
}

impl PolicyView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let (body, body_fallback) = body(
            t,
            "<h2>谁能领</h2><p>参加生育保险满 6 个月的职工。</p><h2>领多少</h2><p>按单位上年度月平均工资计算。</p>",
            "",
        );
        Self {
            title: say(t, "生育津贴直接发给本人", "Maternity allowance is paid straight to you"),
            summary: say(
                t,
                "2026 年 7 月起，津贴不再经过单位，直接打到本人社保卡。",
                "Since July 2026 it no longer passes through your employer.",
            ),
            issuer: say(t, "云州市医疗保障局", "Yunzhou Healthcare Security Bureau"),
            agency: link(t, "云州市医疗保障局", "Yunzhou Healthcare Security Bureau", "/agencies/healthcare"),
            issued: day(2026, 6, 18),
            valid_from: day(2026, 7, 1),
            valid_until: None,
            ended: false,
            body,
            body_fallback,
            sample: true,
            services: cards(t),
            frame,
        }
    }

    /// Out of force.
    pub(crate) fn sample_ended(frame: Frame) -> Self {
        Self {
            valid_until: Some(day(2026, 10, 31)),
            ended: true,
            services: Vec::new(),
            ..Self::sample(frame)
        }
    }
}

impl OpenedView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let line = |title, url: &str, kind, (lately, ever)| OpenedLine {
            title,
            url: url.to_owned(),
            kind,
            agency: say(t, "云州市气象局", "Yunzhou Meteorological Bureau"),
            since: day(2026, 11, 2),
            lately,
            ever,
            may_end: (lately > 0).then(|| ("weather".to_owned(), "weather-push-cold".to_owned())),
        };
        let policy = say(t, "气象服务办法", "Rules of weather services");
        Self {
            lines: vec![
                line(say(t, "寒潮<b>蓝色预警", ""), "/bulletins/cold", Writing::Bulletin, (1203, 4410)),
                line(policy, "/policies/service", Writing::Policy, (0, 12)),
            ],
            days: 30,
            csrf: "token".to_owned(),
            publishes: true,
            said: Some(("ok", t.publish_said().to_owned())),
            pager: Pager { page: 1, pages: 2, base: "/agency/writing?page=".to_owned() },
            frame,
        }
    }

    pub(crate) fn sample_none(frame: Frame) -> Self {
        let pager = Pager { page: 1, pages: 1, base: String::new() };
        Self { lines: Vec::new(), pager, publishes: false, said: None, ..Self::sample(frame) }
    }
}
