//! A guide with everything a guide may have, and the page for those who want to begin.

use yimen_contract::{
    agency::Level,
    service::{
        Audience, Completion, DayUnit, Days, Delivery, FeeMode, ItemType, Maturity, Necessity, PaperForm,
        PaperSource, Scope, ServiceKind, TimeLimits,
    },
};

use super::{bulletins, cards, day, link, moment, policies, say};
use crate::{
    catalogue::views::{
        Basis, ClosureLine, Contact, Fee, GuideView, LeaveView, LicenceLine, Offered, Outcome, Paper,
        Question, Remedies, ScoreView, SiteTrouble, SpecialStep, StartView, Step, Visit,
    },
    platform::{i18n::Texts, named},
    web::frame::{Frame, Text},
};

const fn working(days: u16) -> Days {
    Days { days, unit: DayUnit::Working }
}

fn papers(t: Texts) -> Vec<Paper> {
    let card = Paper {
        name: say(t, "居民身份证", "Identity card"),
        form: PaperForm::Electronic,
        copies: 0,
        original: false,
        source: PaperSource::Shared,
        necessity: Necessity::Required,
        when: None,
        may_be_late: false,
        note: None,
    };
    vec![
        Paper {
            name: say(t, "身体条件证明", "Medical certificate"),
            form: PaperForm::Either,
            copies: 1,
            original: true,
            source: PaperSource::Applicant,
            may_be_late: true,
            note: Some(say(
                t,
                "由县级以上医院出具，6 个月内有效。",
                "Issued by a hospital within the last 6 months.",
            )),
            ..card.clone()
        },
        Paper {
            name: say(t, "延期换证申请表", ""),
            source: PaperSource::SelfMade,
            necessity: Necessity::Conditional,
            when: Some(say(t, "在境外不能按时换证", "You are abroad and cannot renew in time")),
            ..card.clone()
        },
        card,
    ]
}

fn visit(t: Texts) -> Visit {
    Visit {
        place: say(t, "云江区车管所 3 号窗口", "Vehicle Office of Yunjiang District, counter 3"),
        hours: say(t, "周一至周五 9:00–17:00", "Mon–Fri 9:00–17:00"),
        bring: say(t, "身份证原件", "Your identity card"),
        reason: say(t, "需要当面核对照片。", "Your photograph has to be checked in person."),
        booking: Some("/services/YZ02030".to_owned()),
    }
}

fn contact(t: Texts) -> Contact {
    Contact {
        phone: "0999-1234567".to_owned(),
        complaint_phone: "0999-1234568".to_owned(),
        address: say(t, "云江区交通路 18 号", "18 Jiaotong Road, Yunjiang District"),
        hours: say(t, "周一至周五 9:00–17:00", "Mon–Fri 9:00–17:00"),
    }
}

fn steps(t: Texts) -> Vec<Step> {
    let step = |name: Text, role: Text, time| Step { name, role, time, note: None, special: None };
    vec![
        step(say(t, "提交申请", "Apply"), say(t, "申请人", "You"), working(0)),
        Step {
            note: Some(say(t, "材料齐全、符合条件的予以通过。", "It passes if the documents are complete.")),
            special: Some(SpecialStep {
                basis: say(
                    t,
                    "《机动车驾驶证申领和使用规定》第七十二条",
                    "Driving Licence Rules, article 72",
                ),
                fee: Some(say(t, "体检费 50 元", "¥50 for the examination")),
                counted: false,
            }),
            ..step(say(t, "审核", "Check"), say(t, "审核人员", "Reviewer"), working(2))
        },
        step(say(t, "制证、寄送", "Print and post"), say(t, "车管所", "Vehicle Office"), working(1)),
    ]
}

impl GuideView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            code: "YZ02022".to_owned(),
            item_code: "000117022000".to_owned(),
            name: say(t, "驾驶证期满换证", "Renew a driving licence"),
            summary: say(
                t,
                "驾驶证有效期满前 90 天内换领新证。",
                "Renew within the 90 days before your licence expires.",
            ),
            domain: link(t, "驾驶与车辆", "Driving and vehicles", "/domains/D02"),
            class: link(t, "驾驶证", "Driving licences", "/domains/D02/D02-01"),
            agency: link(t, "云州市公安局交通警察支队", "Yunzhou Traffic Police", "/agencies/traffic-police"),
            joint_with: vec![link(t, "云州市卫生健康委员会", "", "/agencies/health")],
            kind: ServiceKind::Handle,
            item_type: ItemType::Permit,
            level: Level::City,
            scope: Scope::National,
            audience: Audience::Person,
            assurance: 4,
            agent_allowed: false,
            sample: true,
            months: vec![3, 9],
            time: TimeLimits {
                completion: Completion::Promised,
                promised: working(3),
                legal: Some(working(20)),
                waiting_calendar_days: Some(30),
            },
            fee: Fee {
                mode: FeeMode::Fixed,
                amount_fen: Some(1050),
                standard: Some(say(t, "每证 10.50 元", "¥10.50 a licence")),
                basis: Some(say(t, "发改价格〔2004〕2831 号", "")),
            },
            maturity: Maturity::Connected,
            visits: 1,
            visit: Some(visit(t)),
            conditions: vec![
                say(t, "有效期满前 90 天内", "Within the 90 days before it expires"),
                say(t, "没有未处理的违法记录", "No open traffic offences"),
            ],
            papers: papers(t),
            steps: steps(t),
            result: Outcome {
                name: say(t, "中华人民共和国机动车驾驶证", "Driving licence"),
                delivery: vec![Delivery::Electronic, Delivery::Post, Delivery::Counter],
                note: Some(say(t, "电子驾驶证当天更新。", "The electronic licence is updated the same day.")),
            },
            basis: vec![Basis {
                law: say(t, "《机动车驾驶证申领和使用规定》", "Driving Licence Rules"),
                article: say(t, "第六十三条", "article 63"),
                text: say(t, "机动车驾驶人应当于期满前九十日内申请换证。", ""),
            }],
            contact: contact(t),
            faq: vec![Question {
                question: say(t, "在外地也能换吗？", "Can I renew elsewhere?"),
                answer: say(t, "可以，全国任一车管所都能办。", "Yes, at any Vehicle Office in the country."),
            }],
            remedies: Remedies {
                reconsideration_days: Some(60),
                suit_months: Some(6),
                note: say(t, "也可以先拨打投诉电话。", "You may call the complaints line first."),
            },
            policies: policies(t),
            bulletins: bulletins(t),
            score: Some(ScoreView::sample(400, false)),
            closures: vec![ClosureLine {
                title: t.planned_title(named::From("22:00"), named::To("05:00")),
                reason: say(t, "系统升级。", ""),
                text: t.planned_text(),
            }],
            licence: Some(LicenceLine {
                name: say(t, "机动车驾驶证", "Driving licence"),
                renewal: say(t, "期满前 90 天内可换证", "Renewable within 90 days before expiry"),
                url: "/agencies/traffic-police#licences".to_owned(),
            }),
            related: cards(t).split_off(1),
            events: vec![link(t, "买车上路", "Getting a car on the road", "/events/car")],
            zones: vec![link(t, "老年人", "Older people", "/zones/senior")],
            version: 3,
            published: day(2026, 9, 1),
            offered: Offered::default(),
            frame,
        }
    }

    /// The shortest guide there can be: a look-up for everyone.
    pub(crate) fn sample_short(frame: Frame) -> Self {
        let full = Self::sample(frame);
        let t = full.frame.t;
        Self {
            score: None,
            closures: Vec::new(),
            kind: ServiceKind::Query,
            name: say(t, "公交线路查询", ""),
            joint_with: Vec::new(),
            scope: Scope::City,
            assurance: 0,
            agent_allowed: true,
            sample: false,
            months: Vec::new(),
            time: TimeLimits {
                completion: Completion::Instant,
                promised: working(0),
                legal: None,
                waiting_calendar_days: None,
            },
            fee: Fee { mode: FeeMode::Free, amount_fen: None, standard: None, basis: None },
            visits: 0,
            visit: None,
            papers: Vec::new(),
            faq: Vec::new(),
            remedies: Remedies { reconsideration_days: None, suit_months: None, note: Text::default() },
            policies: Vec::new(),
            bulletins: Vec::new(),
            licence: None,
            related: Vec::new(),
            events: Vec::new(),
            zones: Vec::new(),
            ..full
        }
    }
}

fn closed() -> Offered {
    Offered { preview: false, closed: Some("系统升级出现故障，正在修复。".to_owned()) }
}

impl GuideView {
    pub(crate) fn sample_closed(frame: Frame) -> Self {
        Self { offered: closed(), ..Self::sample(frame) }
    }

    pub(crate) fn sample_preview(frame: Frame) -> Self {
        Self { offered: Offered { preview: true, closed: None }, ..Self::sample_short(frame) }
    }
}

impl LeaveView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let guide = GuideView::sample(frame);
        Self {
            guide: format!("/services/{}", guide.code),
            name: guide.name,
            domain: guide.domain,
            agency: guide.agency,
            site: "https://traffic.example.org/".to_owned(),
            host: Some("traffic.example.org".to_owned()),
            trouble: None,
            contact: guide.contact,
            frame: guide.frame,
        }
    }

    pub(crate) fn sample_trouble(frame: Frame) -> Self {
        let at = moment(day(2026, 11, 20), 12, 0);
        let since = Some(moment(day(2026, 11, 19), 4, 10));
        Self { trouble: Some(SiteTrouble { at, since }), ..Self::sample(frame) }
    }
}

impl StartView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            name: say(t, "驾驶证期满换证", "Renew a driving licence"),
            guide: "/services/YZ02022".to_owned(),
            domain: link(t, "驾驶与车辆", "Driving and vehicles", "/domains/D02"),
            agency: link(t, "云州市公安局交通警察支队", "Yunzhou Traffic Police", "/agencies/traffic-police"),
            kind: ServiceKind::Handle,
            papers: papers(t),
            visit: Some(visit(t)),
            contact: contact(t),
            offered: Offered::default(),
            frame,
        }
    }

    /// A service that needs neither papers nor a visit.
    pub(crate) fn sample_bare(frame: Frame) -> Self {
        Self { kind: ServiceKind::Query, papers: Vec::new(), visit: None, ..Self::sample(frame) }
    }

    /// Of an agency whose services are shut.
    pub(crate) fn sample_closed(frame: Frame) -> Self {
        Self { offered: closed(), ..Self::sample(frame) }
    }
}
