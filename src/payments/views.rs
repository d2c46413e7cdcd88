//! What the pages of payments show.

use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};
use yimen_contract::capability::dues::Status;

use super::{life::State, queries::Shown};
use crate::{
    catalogue::{
        filling::Piece,
        views::{Barred, ClosureLine, Contact, Words as _},
    },
    platform::Texts,
    web::frame::{Crumb, Dates as _, Field, Frame, Link, Mistake, Pager, Tab, Text},
};

/// Something owed.
#[derive(Debug)]
pub struct DueLine {
    pub title: String,
    pub reference: String,
    pub status: Status,
    /// In fen, surcharge included.
    pub amount: u64,
    pub surcharge: u64,
    pub due_on: Option<NaiveDate>,
    pub overdue: bool,
    pub raised: Option<NaiveDate>,
    pub payable: bool,
    /// Another amount was shown before.
    pub changed: bool,
}

/// What came of asking.
#[derive(Debug)]
pub enum DuesSaid {
    Found,
    /// As the agency had it at this time.
    AsOf(NaiveDateTime),
    Nothing,
    /// It does not answer. Until when, where that is known; and whether one can be told when it does.
    Away {
        until: Option<NaiveDateTime>,
        tell: bool,
    },
    Wished,
    NotEntitled,
    TooOften,
}

/// What is owed for a service.
#[expect(clippy::struct_excessive_bools, reason = "each is something else that the page says")]
#[derive(Debug, Template)]
#[template(path = "payments/dues.html")]
pub struct DuesView {
    pub frame: Frame,
    pub name: Text,
    pub summary: Text,
    pub guide: String,
    pub domain: Crumb,
    pub agency: Link,
    /// Where the question goes, and where what is to be paid goes.
    pub action: String,
    pub pay: String,
    pub csrf: String,
    pub pieces: Vec<Piece>,
    /// What was typed, to go with the next step.
    pub typed: Vec<(String, String)>,
    /// What the agency is told about the person, in words.
    pub told: Vec<String>,
    /// Whether anybody may pay it for anybody: then nothing personal is shown.
    pub anybody: bool,
    /// By what right it is asked for.
    pub basis: Option<Text>,
    pub barred: Option<Barred>,
    pub said: Option<DuesSaid>,
    pub dues: Vec<DueLine>,
    /// One of them has another amount than the one shown before.
    pub changed: bool,
    /// What was to be paid is not owed any more, or is being paid.
    pub gone: bool,
    /// Nobody takes payments now.
    pub no_till: bool,
    pub closures: Vec<ClosureLine>,
    pub contact: Contact,
    pub sample: bool,
}

impl DuesView {
    pub fn mistakes(&self) -> Vec<Mistake> {
        Piece::mistakes(&self.pieces)
    }
}

#[derive(Debug)]
pub struct StepView {
    pub at: NaiveDateTime,
    pub by: String,
    pub act: String,
}

/// One order.
#[expect(clippy::struct_excessive_bools, reason = "each is something else that the page says")]
#[derive(Debug, Template)]
#[template(path = "payments/order.html")]
pub struct OrderView {
    pub frame: Frame,
    pub csrf: String,
    pub reference: String,
    /// Where they say what it was like, while they can.
    pub rate: Option<String>,
    pub name: Text,
    /// What it is for, as the agency calls it.
    pub title: String,
    pub due: String,
    pub amount: u64,
    pub surcharge: u64,
    pub agency: Option<Link>,
    pub contact: Option<Contact>,
    pub provider: Text,
    pub state: State,
    pub with_staff: bool,
    pub created: NaiveDateTime,
    pub expires: NaiveDateTime,
    pub paid: Option<NaiveDateTime>,
    pub refunded: Option<NaiveDateTime>,
    /// Where it is paid.
    pub pay_at: Option<String>,
    /// The provider has not answered yet.
    pub opening: bool,
    /// Who pays so much has to prove who they are first.
    pub prove: bool,
    pub payment: Option<String>,
    pub receipt: Option<String>,
    /// Where another try begins.
    pub again: Option<String>,
    pub steps: Vec<StepView>,
    /// The payer comes from the provider.
    pub back: bool,
    /// The reason that was given for a refund, which is none.
    pub wrong: Option<String>,
}

impl OrderView {
    /// The agency's name, or nothing where it has left the city.
    fn agency_name(&self) -> String {
        self.agency.as_ref().map_or_else(String::new, |agency| agency.text.text.clone())
    }

    /// After how many seconds the page looks again: only while something is on its way that needs nobody.
    fn refresh(&self) -> Option<u32> {
        match self.state {
            _ if self.with_staff => None,
            State::Paying if self.back || self.opening => Some(4),
            State::Paid | State::Settling => Some(3),
            State::Unknown | State::SettleUnknown | State::Refunding => Some(20),
            _ => None,
        }
    }

    fn reason_field(&self) -> Field {
        let t = self.frame.t;
        let field = Field::new("reason", t.payment_refund_reason()).hint(t.payment_refund_reason_hint());
        let field = Field { required: true, ..field };
        match &self.wrong {
            Some(typed) => field.value(typed.clone()).error(t.payment_refund_reason_wrong()),
            None => field,
        }
    }

    fn mistakes(&self) -> Vec<Mistake> {
        self.reason_field().mistake().into_iter().collect()
    }
}

#[derive(Debug)]
pub struct OrderLine {
    pub reference: String,
    pub name: Text,
    pub state: State,
    pub amount: u64,
    pub at: NaiveDateTime,
}

/// Everything a person paid or began to pay.
#[derive(Debug, Template)]
#[template(path = "payments/list.html")]
pub struct PaymentsView {
    pub frame: Frame,
    /// What agencies say by themselves that is owed.
    pub owed: Vec<OwedLine>,
    pub tabs: Vec<Tab>,
    pub orders: Vec<OrderLine>,
    /// How many of them wait for the payer.
    pub open: usize,
    pub filtered: bool,
    pub pager: Pager,
}

/// Something that an agency says is owed.
#[derive(Debug)]
pub struct OwedLine {
    pub url: String,
    /// In the agency's words.
    pub title: Text,
    pub agency: Text,
    pub amount: u64,
    pub due_on: Option<NaiveDate>,
    pub overdue: bool,
}

/// A receipt.
#[derive(Debug, Template)]
#[template(path = "payments/receipt.html")]
pub struct ReceiptView {
    pub frame: Frame,
    pub reference: String,
    pub state: State,
    pub name: Text,
    pub title: String,
    pub due: String,
    pub amount: u64,
    pub surcharge: u64,
    pub agency: Text,
    pub provider: Text,
    pub payer: Option<String>,
    pub paid: Option<NaiveDateTime>,
    pub payment: Option<String>,
    pub agency_receipt: Option<String>,
    pub code: String,
    /// Where it is checked, and the same to be scanned.
    pub check: String,
    pub scan: String,
}

/// The look of a state, for the component `tag`.
pub const fn state_kind(state: &State) -> &'static str {
    match state {
        State::Settled | State::Refunded => "ok",
        State::Created | State::Paying | State::Unknown | State::SettleUnknown | State::RefundAsked => "warn",
        State::Failed => "danger",
        State::Cancelled | State::Expired => "plain",
        State::Paid | State::Settling | State::Refunding => "brand",
    }
}

pub(super) fn shown_name(t: Texts, shown: Shown) -> &'static str {
    match shown {
        Shown::All => t.payments_all(),
        Shown::Open => t.payments_open(),
        Shown::Done => t.payments_done(),
        Shown::Back => t.payments_back(),
    }
}

impl DuesView {
    /// How a due stands that nobody can pay.
    fn status(&self, due: &DueLine) -> &'static str {
        let t = self.frame.t;
        match due.status {
            Status::Settled => t.dues_settled(),
            Status::Cancelled => t.dues_cancelled(),
            Status::Refunded => t.dues_refunded(),
            Status::Open | Status::Pending => t.found_undecided(),
        }
    }
}

impl OrderView {
    fn can_ask_back(&self) -> bool {
        self.state == State::Settled && !self.with_staff
    }

    fn can_begin_again(&self) -> bool {
        matches!(self.state, State::Failed | State::Cancelled | State::Expired)
    }
}

impl ReceiptView {
    /// Whether the money went back, or is on its way there.
    fn is_void(&self) -> bool {
        matches!(self.state, State::Refunding | State::Refunded)
    }
}

/// An order that waits for a person.
#[derive(Debug)]
pub struct DeskLine {
    pub reference: String,
    pub name: Text,
    pub agency: Text,
    pub why: String,
    pub state: String,
    pub amount: u64,
    pub since: NaiveDateTime,
}

/// What the three do not agree on.
#[derive(Debug)]
pub struct DifferenceLine {
    pub day: NaiveDate,
    pub reference: String,
    pub kind: String,
    pub portal: Option<String>,
    pub provider: Option<String>,
    pub agency: Option<String>,
}

/// A day that was compared.
#[derive(Debug)]
pub struct DayLine {
    pub day: NaiveDate,
    pub provider: Text,
    pub closed: bool,
    pub payments: i32,
    pub refunds: i32,
    pub came: String,
    pub went: String,
    pub on_the_way: i32,
    pub unchecked: i32,
    pub differences: i32,
}

/// The desk of payments.
#[derive(Debug, Template)]
#[template(path = "payments/desk.html")]
pub struct DeskView {
    pub frame: Frame,
    pub csrf: String,
    pub done: bool,
    /// Why it waits, and in which order.
    pub filters: Vec<Field>,
    /// What is asked for, for the file.
    pub hidden: Vec<(&'static str, String)>,
    pub pager: Pager,
    pub orders: Vec<DeskLine>,
    pub differences: Vec<DifferenceLine>,
    pub days: Vec<DayLine>,
}
