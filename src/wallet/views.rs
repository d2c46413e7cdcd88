//! What the pages of the wallet show.

use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};

use crate::{
    platform::{Texts, named},
    web::frame::{Dates as _, Field, Frame, Link, Mistake, Text},
};

/// What can be done about the end of a document, as its line says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RenewalView {
    NotNeeded,
    /// It does end; when is not known.
    Unknown,
    From(NaiveDate),
    Open(Option<NaiveDate>),
    Late(Option<NaiveDate>),
    Restore(Option<NaiveDate>),
    Pending,
    Closed,
}

/// How a document stands.
#[derive(Debug, Clone)]
pub struct StandsView {
    /// The name of the state; `gone` where its issuer knows nothing of it.
    pub state: &'static str,
    pub expiring: bool,
    /// What comes first, and when.
    pub matter: &'static str,
    pub due: Option<NaiveDate>,
    /// How many days until then.
    pub days: i64,
    pub provisional: bool,
    pub renewal: RenewalView,
}

impl StandsView {
    /// The colour of the word. The word says it.
    pub fn kind(&self) -> &'static str {
        match self.state {
            "valid" if self.expiring => "warn",
            "valid" => "ok",
            "renewal-pending" => "brand",
            "not-yet" | "unknown" => "plain",
            _ => "danger",
        }
    }

    /// When it ends, in words.
    pub fn ends(&self, t: &Texts) -> String {
        match (self.due, &self.renewal) {
            (Some(due), renewal) => {
                let (day, days) = (named::Day(t.day(&due)), named::Days(self.days));
                let line = t.licence_due(day, days, named::Matter(self.matter));
                match renewal {
                    // The last day to act goes before the end.
                    RenewalView::Open(Some(closes)) if *closes < due => {
                        t.date_line_closes(named::Day(t.day(closes)), named::Line(line))
                    }
                    _ => line,
                }
            }
            (None, RenewalView::Unknown) => t.licence_due_unknown().to_owned(),
            (None, _) => t.licence_due_never().to_owned(),
        }
    }

    /// The word: that it ends soon goes before that it is in force.
    pub fn word(&self) -> &'static str {
        if self.expiring && self.state == "valid" { "expiring" } else { self.state }
    }
}

/// A document in the list.
#[derive(Debug)]
pub struct DocumentLine {
    pub url: String,
    pub name: Text,
    /// Who issued it; nobody, where the person wrote it down.
    pub agency: Option<Text>,
    /// Covered.
    pub number: String,
    pub stands: StandsView,
    /// The service that renews it, where that is to be done now.
    pub renew: Option<Link>,
}

/// An issuer that did not answer, or may not.
#[derive(Debug)]
pub struct SourceLine {
    pub agency: Link,
    pub outcome: String,
    pub asked: NaiveDateTime,
    pub answered: Option<NaiveDateTime>,
}

impl SourceLine {
    /// What it did not say, in words.
    pub fn words(&self, t: &Texts) -> String {
        t.wallet_silent(named::Agency(self.agency.text.text.as_str()), named::Outcome(self.outcome.as_str()))
    }
}

/// An appointment, beside the documents.
#[derive(Debug)]
pub struct TicketLine {
    pub url: String,
    pub name: Text,
    pub agency: Text,
    pub starts: NaiveDateTime,
}

/// Documents of one kind of thing under a heading.
#[derive(Debug)]
pub struct Group {
    /// `soon`, `licences`, `vouchers`, `business`, `own`, `over`, `discarded`.
    pub tag: String,
    pub documents: Vec<DocumentLine>,
}

/// `/me/wallet`
#[derive(Debug, Template)]
#[template(path = "wallet/list.html")]
pub struct WalletView {
    pub frame: Frame,
    pub csrf: String,
    pub said: Option<(&'static str, String)>,
    pub groups: Vec<Group>,
    /// Appointments that are to be kept.
    pub tickets: Vec<TicketLine>,
    /// Who can be asked.
    pub issuers: Vec<Link>,
    /// When all of them were asked last. Never: nothing was fetched yet.
    pub asked: Option<NaiveDateTime>,
    /// Those of whom it is to be said that they did not answer.
    pub silent: Vec<SourceLine>,
    /// Nobody can be asked without a name and number that were checked.
    pub unproved: bool,
    /// Somebody acts for another.
    pub acting: bool,
    /// The documents are a company's, of which nobody is asked without its agents' asking.
    pub company: bool,
}

/// A code on paper.
#[derive(Debug)]
pub struct PaperLine {
    pub id: String,
    pub code: String,
    pub url: String,
    pub until: NaiveDateTime,
}

/// Where a document is renewed.
#[derive(Debug)]
pub enum RenewAt {
    Online(Link),
    /// Name, address, hours, telephone.
    Office {
        name: Text,
        address: Text,
        hours: Text,
        phone: String,
    },
    Nowhere,
}

/// `/me/wallet/{id}`
#[derive(Debug, Template)]
#[template(path = "wallet/document.html")]
pub struct DocumentView {
    pub frame: Frame,
    pub csrf: String,
    pub said: Option<(&'static str, String)>,
    pub url: String,
    pub name: Text,
    pub agency: Option<Link>,
    pub number: String,
    /// The same covered, for whoever looks over a shoulder.
    pub covered: String,
    pub remarks: Vec<String>,
    pub issued: NaiveDate,
    pub expires: Option<NaiveDate>,
    /// When it was checked or endorsed last.
    pub checked: Option<NaiveDate>,
    pub stands: StandsView,
    pub seen: NaiveDateTime,
    pub overdue: Option<Text>,
    pub note: Option<Text>,
    pub check: Option<Text>,
    /// The rule of its kind is shown as an example.
    pub sample: bool,
    pub renew: RenewAt,
    /// What can be shown to others. Empty: nothing is, of what a person wrote down.
    pub show: Field,
    pub papers: Vec<PaperLine>,
    pub discarded: bool,
    pub own: bool,
    /// Reminders about it.
    pub reminders: String,
}

/// `/me/wallet/{id}/proofs/{proof}`
#[derive(Debug, Template)]
#[template(path = "wallet/proof.html")]
pub struct ProofView {
    pub frame: Frame,
    pub csrf: String,
    pub url: String,
    pub name: Text,
    pub agency: Text,
    pub code: String,
    pub check: String,
    /// A picture of the address at which it is checked.
    pub picture: String,
    /// What its holder chose to show: label and words.
    pub shown: Vec<(String, String)>,
    pub on_paper: bool,
    pub until: NaiveDateTime,
    pub id: String,
}

/// `/me/wallet/add`, and changing what was written down.
#[derive(Debug, Template)]
#[template(path = "wallet/add.html")]
pub struct AddView {
    pub frame: Frame,
    pub csrf: String,
    pub action: String,
    /// It is there already, and is changed.
    pub changes: bool,
    pub kind: Field,
    pub name: Field,
    pub number: Field,
    pub issued: Field,
    pub expires: Field,
    pub checked: Field,
    pub next: Field,
}

impl AddView {
    pub fn mistakes(&self) -> Vec<Mistake> {
        let fields =
            [&self.kind, &self.name, &self.number, &self.issued, &self.expires, &self.checked, &self.next];
        let found = fields.into_iter().filter_map(|field| Some((field.name.to_string(), field.mistake()?)));
        // A list has an element of its own name.
        found.map(|(field, mistake)| Mistake { field, ..mistake }).collect()
    }
}
