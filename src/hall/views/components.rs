//! `/components`: every component of the portal in every state, for those who build pages and those who
//! check them. Its content is made up and leads nowhere else.

use askama::Template;
use chrono::NaiveDate;
use yimen_contract::{
    service::{FeeMode, ServiceKind},
    writing::BulletinKind,
};

use crate::{
    catalogue::views::{BulletinCard, ServiceCard, Tile, Words as _},
    platform::i18n::Texts,
    web::frame::{Choice, Dates as _, Field, Frame, Mistake, Pager, Tab, Text},
};

/// Where the examples lead: back to their own page.
const HERE: &str = "/components";

#[derive(Debug, Template)]
#[template(path = "hall/showcase.html")]
pub struct ComponentsView {
    pub frame: Frame,
    pub cards: Vec<ServiceCard>,
    pub tiles: Vec<Tile>,
    pub bulletins: Vec<BulletinCard>,
    pub name: Field,
    pub phone: Field,
    pub note: Field,
    pub area: Field,
    pub how: Field,
    pub tabs: Vec<Tab>,
    pub pager: Pager,
    pub bars: Vec<Bar>,
    /// A text without a translation.
    pub borrowed: Text,
}

impl ComponentsView {
    pub fn new(frame: Frame) -> Self {
        let t = frame.t;
        let how = vec![
            Choice::new("message", t.components_field_how_message(), false),
            Choice::new("post", t.components_field_how_post(), false).hint(t.days_working(3)),
        ];
        let areas = vec![
            Choice::new("1", t.components_field_area_one(), false),
            Choice::new("2", t.components_field_area_two(), true),
        ];
        let months = [(9, 1_240), (10, 980), (11, 1_610)];
        Self {
            cards: vec![
                card(t, t.components_card_zero(), ServiceKind::Handle, 0),
                card(t, t.components_card_one(), ServiceKind::Booking, 1),
            ],
            tiles: vec![
                tile(t.components_card_zero(), "car", Some(12)),
                tile(t.components_card_one(), "house", Some(1)),
                tile(t.components_card_agency(), "city", None),
            ],
            bulletins: [BulletinKind::News, BulletinKind::Urgent].map(|kind| bulletin(t, kind)).to_vec(),
            name: Field {
                required: true,
                autocomplete: Some("name"),
                ..Field::new("name", t.components_field_name()).hint(t.components_field_name_hint())
            },
            phone: Field {
                required: true,
                autocomplete: Some("tel"),
                ..Field::new("phone", t.components_field_phone())
                    .value("1380")
                    .error(t.components_field_phone_error())
            },
            note: Field::new("note", t.components_field_note()),
            area: Field::new("area", t.components_field_area()).choices(areas),
            how: Field::new("how", t.components_field_how())
                .choices(how)
                .error(t.components_field_how_error()),
            tabs: vec![
                tab(t.components_tab_all(), Some(9), true),
                tab(t.components_tab_open(), Some(2), false),
                tab(t.components_tab_done(), None, false),
            ],
            pager: Pager { page: 5, pages: 9, base: format!("{HERE}?page=") },
            bars: Bar::rows(months.into_iter().map(|(month, count)| (t.month_name(month), count)).collect()),
            borrowed: Text { text: t.components_borrowed().to_owned(), fallback: true },
            frame,
        }
    }

    pub fn mistakes(&self) -> Vec<Mistake> {
        [&self.phone, &self.how].into_iter().filter_map(Field::mistake).collect()
    }
}

fn card(t: Texts, name: &str, kind: ServiceKind, visits: u8) -> ServiceCard {
    ServiceCard {
        code: String::new(),
        name: Text::plain(name),
        summary: Text::plain(t.components_card_about()),
        agency: Text::plain(t.components_card_agency()),
        kind,
        visits,
        instant: visits == 0,
        fee: FeeMode::Free,
        url: HERE.to_owned(),
    }
}

fn tile(name: &str, icon: &str, count: Option<usize>) -> Tile {
    Tile {
        name: Text::plain(name),
        about: Text::default(),
        icon: icon.to_owned(),
        count,
        url: HERE.to_owned(),
    }
}

fn bulletin(t: Texts, kind: BulletinKind) -> BulletinCard {
    BulletinCard {
        title: Text::plain(t.components_bulletin()),
        agency: Text::plain(t.components_card_agency()),
        kind,
        published: NaiveDate::from_ymd_opt(2026, 11, 9).unwrap_or_default(),
        url: HERE.to_owned(),
    }
}

fn tab(label: &str, count: Option<usize>, current: bool) -> Tab {
    Tab { label: label.to_owned(), url: HERE.to_owned(), count, current }
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

impl Bar {
    /// Lays out the bars of a chart.
    pub fn rows(values: Vec<(String, u32)>) -> Vec<Self> {
        let largest = values.iter().map(|(_, value)| *value).max().unwrap_or(1).max(1);
        let mut bars = Vec::new();
        let mut y = 0;
        for (label, value) in values {
            bars.push(Self { label, value, width: value * 100 / largest, y });
            y += 24;
        }
        bars
    }
}
