//! One filled example of every view, so that each page can be rendered and looked at without a catalogue.
//! Some texts have no English on purpose, and some hold signs that markup gives a meaning.

mod agencies;
mod asking;
mod browse;
mod guide;
mod search;
mod writing;

use chrono::{NaiveDate, NaiveDateTime};
use yimen_contract::{
    Bilingual,
    service::{FeeMode, ServiceKind},
    writing::BulletinKind,
};

use super::{BulletinCard, PolicyCard, ServiceCard, Tile};
use crate::{
    platform::i18n::Texts,
    web::frame::{Link, SafeHtml, Text},
};

pub(crate) fn say(t: Texts, zh: &str, en: &str) -> Text {
    Text::of(t, &Bilingual::new(zh, en))
}

pub(crate) fn link(t: Texts, zh: &str, en: &str, url: &str) -> Link {
    Link::new(say(t, zh, en), url)
}

pub(crate) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

pub(crate) fn moment(date: NaiveDate, hour: u32, minute: u32) -> NaiveDateTime {
    date.and_hms_opt(hour, minute, 0).unwrap()
}

/// Markup as it comes from a package, and whether it is Chinese on this page.
fn body(t: Texts, zh: &str, en: &str) -> (SafeHtml, bool) {
    let said = say(t, zh, en);
    (SafeHtml(said.text), said.fallback)
}

fn tile(t: Texts, name: (&str, &str), about: (&str, &str), icon: &str, count: usize, url: &str) -> Tile {
    Tile {
        name: say(t, name.0, name.1),
        about: say(t, about.0, about.1),
        icon: icon.to_owned(),
        count: Some(count),
        url: url.to_owned(),
    }
}

/// Services of every kind and number of visits.
pub(crate) fn cards(t: Texts) -> Vec<ServiceCard> {
    let police = say(t, "云州市公安局交通警察支队", "Yunzhou Traffic Police");
    let borders = say(t, "云州市公安局出入境管理支队", "Yunzhou Exit and Entry Administration");
    let civil = say(t, "云州市民政局", "Yunzhou Civil Affairs Bureau");
    let water = say(t, "云州市自来水公司", "");
    let card = |code: &str, name: Text, summary: Text, agency: &Text, kind, visits| ServiceCard {
        code: code.to_owned(),
        name,
        summary,
        agency: agency.clone(),
        kind,
        visits,
        instant: kind == ServiceKind::Query,
        fee: FeeMode::Free,
        url: format!("/services/{code}"),
    };
    vec![
        card(
            "YZ02022",
            say(t, "驾驶证期满换证", "Renew a driving licence"),
            say(
                t,
                "驾驶证有效期满前 90 天内换领新证。",
                "Renew within the 90 days before your licence expires.",
            ),
            &police,
            ServiceKind::Handle,
            0,
        ),
        card(
            "YZ02001",
            say(t, "驾驶证记分查询", "Penalty points on a driving licence"),
            say(t, "查询本记分周期内的累积记分。", "Look up the points of the current period."),
            &police,
            ServiceKind::Query,
            0,
        ),
        card(
            "YZ03001",
            say(t, "首次申领普通护照", "First ordinary passport"),
            say(t, "第一次办理护照，到场采集人像和指纹。", "One visit, for photograph and fingerprints."),
            &borders,
            ServiceKind::Handle,
            1,
        ),
        card(
            "YZ06002",
            say(t, "婚姻登记预约", "Book a marriage registration"),
            say(t, "选择登记处和日期。", "Choose a registry office and a day."),
            &civil,
            ServiceKind::Booking,
            1,
        ),
        card(
            "YZ18003",
            say(t, "缴纳水费", ""),
            say(t, "凭户号查询、缴纳 <水费> & 污水处理费。", ""),
            &water,
            ServiceKind::Payment,
            0,
        ),
    ]
}

pub(crate) fn domains(t: Texts) -> Vec<Tile> {
    vec![
        tile(
            t,
            ("驾驶与车辆", "Driving and vehicles"),
            ("驾驶证、车辆登记、违法处理", "Licences, vehicle registration, offences"),
            "car",
            42,
            "/domains/D02",
        ),
        tile(
            t,
            ("出入境", "Exit and entry"),
            ("护照、通行证、签注", "Passports, travel permits, endorsements"),
            "passport",
            18,
            "/domains/D03",
        ),
        tile(t, ("婚育收养", "Family"), ("", ""), "heart", 1, "/domains/D06"),
    ]
}

pub(crate) fn events(t: Texts) -> Vec<Tile> {
    vec![
        tile(
            t,
            ("孩子出生", "A child is born"),
            (
                "出生证明、落户、社保卡、生育津贴",
                "Birth certificate, household registration, insurance, allowance",
            ),
            "baby",
            6,
            "/events/birth",
        ),
        tile(
            t,
            ("买二手房", "Buying a home"),
            ("核验、缴税、过户、水电", "Checks, taxes, registration, utilities"),
            "house",
            5,
            "/events/second-hand-home",
        ),
    ]
}

pub(crate) fn zones(t: Texts) -> Vec<Tile> {
    vec![
        tile(
            t,
            ("老年人", "Older people"),
            ("养老金、优待证、高龄津贴", "Pensions, senior card, allowances"),
            "elder",
            23,
            "/zones/senior",
        ),
        tile(
            t,
            ("在云州的外国人", "Foreigners in Yunzhou"),
            ("居留许可、工作、驾照", "Residence permit, work, driving licence"),
            "globe",
            15,
            "/zones/foreigner",
        ),
    ]
}

pub(crate) fn bulletins(t: Texts) -> Vec<BulletinCard> {
    let card = |title: Text, agency: Text, kind, published, id: &str| BulletinCard {
        title,
        agency,
        kind,
        published,
        url: format!("/bulletins/{id}"),
    };
    vec![
        card(
            say(
                t,
                "暴雨红色预警：今天下午停课停运",
                "Red rainstorm warning: schools and buses stop this afternoon",
            ),
            say(t, "云州市应急管理局", "Yunzhou Emergency Management Bureau"),
            BulletinKind::Urgent,
            day(2026, 11, 20),
            "2026-1120-rain",
        ),
        card(
            say(t, "周六延长开放到 17:00", "Open until 17:00 on Saturdays"),
            say(t, "云州市政务服务局", "Yunzhou Government Services Bureau"),
            BulletinKind::Change,
            day(2026, 11, 9),
            "2026-1109-hours",
        ),
        card(
            say(t, "网传“社保卡年底作废”不实", ""),
            say(t, "云州市社会保险事业中心", "Yunzhou Social Insurance Centre"),
            BulletinKind::Clarification,
            day(2026, 10, 30),
            "2026-1030-card",
        ),
    ]
}

pub(crate) fn policies(t: Texts) -> Vec<PolicyCard> {
    vec![
        PolicyCard {
            title: say(t, "生育津贴直接发给本人", "Maternity allowance is paid straight to you"),
            summary: say(
                t,
                "2026 年 7 月起，津贴不再经过单位，直接打到本人社保卡。",
                "Since July 2026 it no longer passes through your employer.",
            ),
            issuer: say(t, "云州市医疗保障局", "Yunzhou Healthcare Security Bureau"),
            issued: day(2026, 6, 18),
            url: "/policies/maternity-allowance".to_owned(),
        },
        PolicyCard {
            title: say(t, "老旧电梯更新补助办法", ""),
            summary: say(t, "谁能申请、补多少、怎么领。", ""),
            issuer: say(t, "云州市住房和城乡建设局", "Yunzhou Housing Bureau"),
            issued: day(2026, 3, 2),
            url: "/policies/lifts".to_owned(),
        },
    ]
}
