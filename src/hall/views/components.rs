//! `/components`: every component of the portal in every state, for those who build pages and those who
//! check them. Its content is made up and leads nowhere else.

use askama::Template;
use chrono::NaiveDate;
use yimen_contract::{
    Bilingual,
    service::{FeeMode, ServiceKind},
    writing::BulletinKind,
};

use crate::{
    catalogue::views::{BulletinCard, ServiceCard, Tile, Words as _},
    platform::i18n::Texts,
    web::frame::{Choice, Dates as _, Field, Frame, Mistake, Pager, Tab, Text},
};

#[derive(Debug, Template)]
#[template(path = "hall/showcase.html")]
pub struct ComponentsView {
    pub frame: Frame,
    pub cards: Vec<ServiceCard>,
    pub tiles: Vec<Tile>,
    pub bulletin: BulletinCard,
    pub fields: Vec<Field>,
    /// A field for a long answer.
    pub long: Field,
    pub choice: Field,
    pub select: Field,
    pub tabs: Vec<Tab>,
    pub pager: Pager,
    pub bars: Vec<Bar>,
    /// A text without a translation.
    pub borrowed: Text,
}

/// One bar of a chart, with its place in the drawing: 24 units a row, 100 wide.
#[derive(Debug, Clone)]
pub struct Bar {
    pub label: String,
    pub value: u32,
    /// Width in hundredths of the largest.
    pub width: u32,
    pub y: u32,
}

impl ComponentsView {
    /// Every component with its made-up content.
    pub fn new(frame: Frame) -> Self {
        let t = frame.t;
        let say = |zh: &str, en: &str| Text::of(t, &Bilingual::new(zh, en));
        Self {
            cards: cards(t),
            tiles: tiles(t),
            bulletin: BulletinCard {
                title: say("周六起办事大厅延长开放到 17:00", "Service hall open until 17:00 on Saturdays"),
                agency: say("云州市政务服务局", "Yunzhou Government Services Bureau"),
                kind: BulletinKind::Change,
                published: NaiveDate::from_ymd_opt(2026, 11, 9).unwrap_or_default(),
                url: HERE.to_owned(),
            },
            fields: fields(t),
            long: Field::new("note", t.parts_field_note()).hint(t.parts_field_note_hint()),
            choice: ways(t),
            select: districts(t),
            tabs: tabs(t),
            pager: Pager { page: 5, pages: 12, base: format!("{HERE}?page=") },
            bars: Bar::rows(vec![
                (say("云江区", "Yunjiang").text, 1_284),
                (say("北山区", "Beishan").text, 902),
                (say("临湖区", "Linhu").text, 617),
                (say("安平县", "Anping").text, 233),
            ]),
            borrowed: say("这段文字还没有译文", ""),
            frame,
        }
    }

    pub fn mistakes(&self) -> Vec<Mistake> {
        self.fields
            .iter()
            .chain([&self.long, &self.select, &self.choice])
            .filter_map(Field::mistake)
            .collect()
    }
}

/// Where the links of the page lead: nowhere else.
const HERE: &str = "/components";

fn cards(t: Texts) -> Vec<ServiceCard> {
    let say = |zh: &str, en: &str| Text::of(t, &Bilingual::new(zh, en));
    let card = |code: &str, name, summary, agency, kind| ServiceCard {
        code: code.to_owned(),
        name,
        summary,
        agency,
        kind,
        visits: 0,
        instant: false,
        fee: FeeMode::Free,
        url: HERE.to_owned(),
    };
    vec![
        ServiceCard {
            instant: true,
            ..card(
                "YZ02022",
                say("驾驶证状态查询", "Driving licence status"),
                say("查有效期、累积记分和准驾车型。", "See validity, penalty points and vehicle classes."),
                say("云州市公安局交通警察支队", "Yunzhou Traffic Police"),
                ServiceKind::Query,
            )
        },
        ServiceCard {
            visits: 1,
            fee: FeeMode::Fixed,
            ..card(
                "YZ01001",
                say("首次申领护照", "First passport"),
                say("第一次办护照，到场采集一次人像和指纹。", "One visit for photograph and fingerprints."),
                say("云州市公安局出入境管理支队", "Yunzhou Exit and Entry Office"),
                ServiceKind::Handle,
            )
        },
        card(
            "YZ05003",
            say("婚姻登记预约", "Book a marriage registration"),
            say("选好日子和登记处，到时直接去。", "Choose a day and a registry office."),
            say("云州市民政局", "Yunzhou Civil Affairs Bureau"),
            ServiceKind::Booking,
        ),
        card(
            "YZ18002",
            say("缴纳水费", ""),
            say("按户号查询并缴费。", ""),
            say("云州市自来水公司", ""),
            ServiceKind::Payment,
        ),
    ]
}

fn tiles(t: Texts) -> Vec<Tile> {
    let say = |zh: &str, en: &str| Text::of(t, &Bilingual::new(zh, en));
    let tile = |name, about, icon: &str, count| Tile {
        name,
        about,
        icon: icon.to_owned(),
        count,
        url: HERE.to_owned(),
    };
    vec![
        tile(
            say("驾驶与车辆", "Driving and vehicles"),
            say("驾驶证、车辆登记、违法处理", "Licences, registration, offences"),
            "car",
            Some(42),
        ),
        tile(
            say("出入境", "Exit and entry"),
            say("护照、通行证、签注", "Passports and permits"),
            "passport",
            Some(1),
        ),
        tile(say("老年人", "Older people"), Text::default(), "elder", None),
    ]
}

fn fields(t: Texts) -> Vec<Field> {
    vec![
        Field { required: true, autocomplete: Some("name"), ..Field::new("name", t.parts_field_name()) },
        Field { required: true, autocomplete: Some("tel"), ..Field::new("phone", t.parts_field_phone()) }
            .hint(t.parts_field_phone_hint())
            .error(t.parts_field_phone_error())
            .value("1380000"),
        Field { autocomplete: Some("email"), ..Field::new("email", t.parts_field_email()) },
    ]
}

fn ways(t: Texts) -> Field {
    let choices = vec![
        Choice::new("post", t.delivery_post(), false).hint(t.parts_field_post_hint()),
        Choice::new("counter", t.delivery_counter(), false),
        Choice::new("electronic", t.delivery_electronic(), false),
    ];
    Field::new("way", t.parts_field_way()).choices(choices).error(t.parts_field_way_error())
}

fn districts(t: Texts) -> Field {
    let district = |value: &str, zh: &str, en: &str, chosen| {
        Choice::new(value, Text::of(t, &Bilingual::new(zh, en)).text, chosen)
    };
    Field::new("district", t.parts_field_district()).choices(vec![
        district("yunjiang", "云江区", "Yunjiang District", true),
        district("beishan", "北山区", "Beishan District", false),
    ])
}

fn tabs(t: Texts) -> Vec<Tab> {
    let tab =
        |label: &str, count, current| Tab { label: label.to_owned(), url: HERE.to_owned(), count, current };
    vec![
        tab(t.parts_tab_all(), Some(12), true),
        tab(t.parts_tab_open(), Some(3), false),
        tab(t.parts_tab_done(), None, false),
    ]
}

impl Bar {
    /// Lays out the bars of a chart.
    pub fn rows(values: Vec<(String, u32)>) -> Vec<Self> {
        let largest = values.iter().map(|(_, value)| *value).max().unwrap_or(1).max(1);
        let mut y = 0;
        let mut bars = Vec::new();
        for (label, value) in values {
            bars.push(Self { label, value, width: value * 100 / largest, y });
            y += 24;
        }
        bars
    }
}
