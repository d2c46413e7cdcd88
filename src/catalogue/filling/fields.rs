//! A form's questions as a page shows them: with what was typed, what is wrong with it, and what could stand there.

use yimen_contract::{
    Bilingual,
    city::{City, District},
};
use yimen_forms::{Draft, Entry, Field as Question, Filled, Form, Kind, Limit, Offer, Page, Problem};

use crate::{
    platform::{Texts, named},
    web::frame::{Choice, Dates as _, Field, Input, Mistake, Text},
};

/// By what a sentence, or what stands for one, ends.
const SENTENCE_ENDS: [char; 8] = ['。', '！', '？', '；', '.', '!', '?', ';'];

/// What stands on the page, from top to bottom.
#[derive(Debug)]
pub enum Piece {
    Input(Input),
    /// A group of questions begins; with what is wrong with it as a whole.
    Open {
        name: String,
        legend: String,
        hint: Option<String>,
        error: Option<String>,
    },
    Close,
    /// A list in groups: where somebody lives, district by district.
    Place(Field, Vec<(String, Vec<Choice>)>),
    /// A button that takes an item away, and what it says.
    Remove(String, String),
    /// A button for one more item.
    Add(String, String),
}

/// What a page is drawn from.
pub struct Drawn<'a> {
    pub t: Texts,
    pub form: &'a Form,
    pub draft: &'a Draft,
    pub filled: &'a Filled<'a, 'a>,
    /// What could stand where nothing was typed.
    pub offers: &'a [Offer],
    /// What an agency that brought an answer is called.
    pub named: &'a dyn Fn(&str) -> String,
    /// What addresses are chosen from.
    pub districts: &'a [District],
    /// What stands on the record that it was begun from: told above, and not asked.
    pub fixed: serde_json::Map<String, serde_json::Value>,
    /// Whether mistakes are shown: not before the page was sent.
    pub judged: bool,
}

/// What was posted, without places that the city does not have: those were not chosen from its list.
pub fn chosen<'p>(
    form: &'p Form,
    city: &'p City,
    posted: impl Iterator<Item = (&'p str, &'p str)>,
) -> impl Iterator<Item = (&'p str, &'p str)> {
    posted.filter(|(name, value)| !name.ends_with(".district") || is_place(form, city, name, value))
}

/// Whether what was posted for the first part of an address is a place of the city.
fn is_place(form: &Form, city: &City, name: &str, value: &str) -> bool {
    let field = form.at(name).map(|field| &field.kind);
    let address = matches!(field, Some(Kind::Text(text)) if text.entry == Entry::Address);
    !address || city.districts.is_empty() || city.is_place(value)
}

impl Drawn<'_> {
    /// The questions of a page.
    pub fn page(&self, page: &Page) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for question in self.form.on(page).filter(|question| !self.fixed.contains_key(&question.name)) {
            self.question(question, &question.name, &mut pieces);
        }
        pieces
    }

    fn question(&self, question: &Question, name: &str, pieces: &mut Vec<Piece>) {
        match &question.kind {
            Kind::Group(parts) => {
                pieces.push(self.open(question, name, None));
                for part in parts {
                    self.question(part, &format!("{name}.{}", part.name), pieces);
                }
                pieces.push(Piece::Close);
            }
            Kind::Repeat { item, most, .. } => {
                pieces.push(self.open(question, name, None));
                let count = self.draft.items(self.form, name);
                for at in 0..count {
                    let place = format!("{name}[{at}]");
                    let number = self.t.form_item(at + 1);
                    pieces.push(self.open(item, &place, Some(&number)));
                    match &item.kind {
                        Kind::Group(parts) => {
                            for part in parts {
                                self.question(part, &format!("{place}.{}", part.name), pieces);
                            }
                        }
                        _ => self.question(item, &place, pieces),
                    }
                    if count > 1 {
                        pieces.push(Piece::Remove(place, self.t.form_remove(&number)));
                    }
                    pieces.push(Piece::Close);
                }
                if count < *most {
                    pieces.push(Piece::Add(name.to_owned(), self.t.form_add().to_owned()));
                }
                pieces.push(Piece::Close);
            }
            // Handed in at a step of their own, with the papers.
            Kind::File(_) => {}
            Kind::Text(text) if text.entry == Entry::Address && !self.districts.is_empty() => {
                self.address(question, name, pieces);
            }
            _ => pieces.push(Piece::Input(self.input(question, name))),
        }
    }

    /// An address in two steps: the street or town, chosen under its district; then road and house.
    fn address(&self, question: &Question, name: &str, pieces: &mut Vec<Piece>) {
        pieces.push(self.open(question, name, None));
        let (place, rest) = (format!("{name}.district"), format!("{name}.street"));
        let chosen = self.draft.text(&place);
        let streets = |district: &District| {
            let one = |street: &Bilingual| {
                let value = format!("{}{}", district.name.zh, street.zh);
                let ticked = value == chosen;
                Choice::new(value, word(self.t, street), ticked)
            };
            (word(self.t, &district.name), district.streets.iter().map(one).collect())
        };
        let needed = self.is_needed(question, name);
        let mut field = Field::new(place, self.t.form_district());
        field.required = needed;
        pieces.push(Piece::Place(field, self.districts.iter().map(streets).collect()));
        // What was typed as a whole, before there was a list, stands where the rest is typed.
        let typed = match self.draft.text(&rest) {
            "" => self.draft.text(name),
            typed => typed,
        };
        let mut field = Field::new(rest, self.t.form_street()).value(typed);
        // The district is chosen above, and not typed again.
        field.hint = question.example.as_deref().map(|example| {
            let rest = self.districts.iter().find_map(|one| example.strip_prefix(one.name.zh.as_str()));
            self.t.form_example(rest.unwrap_or(example))
        });
        field.required = needed;
        field.autocomplete = Some("off");
        pieces.push(Piece::Input(Input::new("text", field)));
        pieces.push(Piece::Close);
    }

    /// Whether it must be answered here: always, or because of an answer before it.
    fn is_needed(&self, question: &Question, name: &str) -> bool {
        let called_for = || question.is_demanded() && question.name == name && self.filled.applies(name);
        question.required || called_for()
    }

    /// Whether the form asks this otherwise than when it was answered.
    fn is_asked_anew(&self, name: &str) -> bool {
        self.draft.to_look_at_again().any(|again| again == name)
    }

    fn open(&self, question: &Question, name: &str, number: Option<&str>) -> Piece {
        let label = word(self.t, &question.label);
        let hint = question.hint.as_ref().filter(|_| number.is_none()).map(|hint| word(self.t, hint));
        let again = self.is_asked_anew(name).then(|| self.t.form_again().to_owned());
        Piece::Open {
            name: name.to_owned(),
            legend: number.map_or(label, str::to_owned),
            hint: self.sentences(hint.into_iter().chain(again).collect()),
            error: self.error(name),
        }
    }

    fn input(&self, question: &Question, name: &str) -> Input {
        let offer = self.offers.iter().find(|offer| offer.name == name);
        let offered = offer.map_or(&[][..], |offer| offer.typed.as_slice());
        let typed = match self.draft.ticked(name) {
            [] => offered,
            typed => typed,
        };
        let mut field = Field::new(name.to_owned(), word(self.t, &question.label));
        field.value = typed.first().cloned().unwrap_or_default();
        field.hint = self.hint(question, name, offer);
        field.required = self.is_needed(question, name);
        field.autocomplete = Some("off");
        field.error = self.error(name);
        let (kind, choices) = self.choices(question, typed);
        field.choices = choices;
        Input::new(kind, field)
    }

    /// The kind of box, and its choices.
    fn choices(&self, question: &Question, typed: &[String]) -> (&'static str, Vec<Choice>) {
        let chosen = |value: &str| typed.iter().any(|one| one == value);
        let labelled = |choices: &[yimen_forms::Choice]| {
            let one = |choice: &yimen_forms::Choice| {
                Choice::new(choice.value.clone(), word(self.t, &choice.label), chosen(&choice.value))
            };
            choices.iter().map(one).collect::<Vec<_>>()
        };
        match &question.kind {
            Kind::Choice(choices) if question.is_list() => {
                let none = Choice::new("", self.t.form_choose(), typed.is_empty());
                ("select", [none].into_iter().chain(labelled(choices)).collect())
            }
            Kind::Choice(choices) => ("radio", labelled(choices)),
            Kind::Many { choices, .. } => ("checkbox", labelled(choices)),
            Kind::YesNo => {
                let (yes, no) =
                    (typed.iter().any(|one| means(one, true)), typed.iter().any(|one| means(one, false)));
                let both = [("yes", self.t.form_yes(), yes), ("no", self.t.form_no(), no)];
                ("radio", both.map(|(value, label, chosen)| Choice::new(value, label, chosen)).into())
            }
            Kind::Agree => {
                let yes = typed.iter().any(|one| means(one, true));
                ("checkbox", vec![Choice::new("yes", self.t.form_agree(), yes)])
            }
            Kind::Text(text) => match text.entry {
                Entry::Date => ("date", Vec::new()),
                Entry::Month => ("month", Vec::new()),
                Entry::Time => ("time", Vec::new()),
                Entry::Phone => ("tel", Vec::new()),
                Entry::Mail => ("email", Vec::new()),
                _ if text.lines > 1 => ("long", Vec::new()),
                _ => ("text", Vec::new()),
            },
            _ => ("text", Vec::new()),
        }
    }

    fn hint(&self, question: &Question, name: &str, offer: Option<&Offer>) -> Option<String> {
        let mut parts: Vec<String> = question.hint.iter().map(|hint| word(self.t, hint)).collect();
        if let Some(unit) = &question.unit {
            parts.push(self.t.form_unit(word(self.t, unit)));
        }
        if matches!(question.kind, Kind::Money(_)) {
            parts.push(self.t.form_yuan().to_owned());
        }
        if let Some(example) = question.example.as_ref().filter(|_| shows_example(&question.kind)) {
            parts.push(self.t.form_example(example));
        }
        if offer.is_some_and(|offer| offer.from.is_some()) {
            parts.push(self.t.form_known().to_owned());
        }
        if let Some(agency) = self.draft.source(name) {
            parts.push(self.t.form_brought((self.named)(agency)));
        }
        if self.is_asked_anew(name) {
            parts.push(self.t.form_again().to_owned());
        }
        self.sentences(parts)
    }

    /// One after the other. Where more follows, what was said is a sentence.
    fn sentences(&self, mut parts: Vec<String>) -> Option<String> {
        if let Some((_, before)) = parts.split_last_mut() {
            for part in before.iter_mut().filter(|part| !part.ends_with(SENTENCE_ENDS)) {
                part.push_str(self.t.full_stop());
            }
        }
        (!parts.is_empty()).then(|| parts.join(self.t.form_between()))
    }

    fn error(&self, name: &str) -> Option<String> {
        self.filled.problem(name).filter(|_| self.judged).map(|problem| said(self.t, problem))
    }
}

impl Piece {
    /// What is wrong on a page, in its order. What stands in a group is named with it: of two people each has a number.
    pub fn mistakes(pieces: &[Self]) -> Vec<Mistake> {
        let mut within: Vec<&str> = Vec::new();
        let mut found = Vec::new();
        for piece in pieces {
            if matches!(piece, Self::Close) {
                within.pop();
            }
            found.extend(piece.mistake().map(|mistake| match within.last() {
                Some(group) => Mistake { label: format!("{group} · {}", mistake.label), ..mistake },
                None => mistake,
            }));
            if let Self::Open { legend, .. } = piece {
                within.push(legend);
            }
        }
        found
    }

    fn mistake(&self) -> Option<Mistake> {
        match self {
            Self::Input(input) => input.field.mistake(),
            Self::Open { name, legend, error: Some(error), .. } => {
                Some(Mistake { field: name.clone(), label: legend.clone(), text: error.clone() })
            }
            _ => None,
        }
    }
}

/// Whether a box was ticked so: as posted, or as a document says it.
fn means(typed: &str, yes: bool) -> bool {
    if yes { matches!(typed, "yes" | "true") } else { matches!(typed, "no" | "false") }
}

/// Whether an example helps: where something is written, and not where browsers show the form themselves.
fn shows_example(kind: &Kind) -> bool {
    match kind {
        Kind::Text(text) => {
            !matches!(text.entry, Entry::Date | Entry::Month | Entry::Time) && text.lines == 1
        }
        _ => false,
    }
}

pub fn word(t: Texts, text: &Bilingual) -> String {
    Text::of(t, text).text
}

/// What is wrong, in a sentence that says how to put it right.
pub fn said(t: Texts, problem: &Problem) -> String {
    match problem {
        Problem::Missing => t.wrong_missing().to_owned(),
        Problem::MustAgree => t.wrong_must_agree().to_owned(),
        Problem::TooShort { least } => t.wrong_too_short(*least),
        Problem::TooLong { most, now } => t.wrong_too_long(named::Most(*most), named::Now(*now)),
        Problem::NotADate => t.wrong_date().to_owned(),
        Problem::NotAMonth => t.wrong_month().to_owned(),
        Problem::NotAYear => t.wrong_year().to_owned(),
        Problem::NotATime => t.wrong_time().to_owned(),
        Problem::Before { first } => t.wrong_before(t.day(first)),
        Problem::After { last } => t.wrong_after(t.day(last)),
        Problem::NotANumber => t.wrong_number().to_owned(),
        Problem::NotWhole => t.wrong_whole().to_owned(),
        Problem::NotAnAmount => t.wrong_amount().to_owned(),
        Problem::TooSmall { least } => t.wrong_small(limit(t, *least)),
        Problem::TooLarge { most } => t.wrong_large(limit(t, *most)),
        Problem::NotAMultiple { step } => t.wrong_multiple(limit(t, *step)),
        Problem::NotOneOf => t.wrong_choice().to_owned(),
        Problem::NotYesOrNo => t.wrong_yes_or_no().to_owned(),
        Problem::TooFew { least } => t.wrong_few(*least),
        Problem::TooMany { most } => t.wrong_many(*most),
        Problem::NotAnIdentityNumber => t.wrong_identity_number().to_owned(),
        Problem::NotACreditCode => t.wrong_credit_code().to_owned(),
        Problem::WrongCheckDigit => t.wrong_check_digit().to_owned(),
        Problem::NotAPhone => t.wrong_phone().to_owned(),
        Problem::NotAMail => t.wrong_mail().to_owned(),
        Problem::NoDistrict => t.wrong_district().to_owned(),
        Problem::NotAFile => t.wrong_file().to_owned(),
        Problem::NotInForm { example: Some(example) } => t.wrong_form_like(example),
        Problem::NotInForm { example: None } => t.wrong_form().to_owned(),
        Problem::DoesNotFit => t.wrong_fit().to_owned(),
    }
}

fn limit(t: Texts, limit: Limit) -> String {
    match limit {
        Limit::Whole(number) => number.to_string(),
        Limit::Fen(fen) => t.amount_yuan(yuan(fen)),
        Limit::Number(number) => number.to_string(),
    }
}

/// An amount in fen as people read it.
pub fn yuan(fen: i64) -> String {
    let (sign, fen) = if fen < 0 { ("-", fen.unsigned_abs()) } else { ("", fen.unsigned_abs()) };
    match (fen / 100, fen % 100) {
        (yuan, 0) => format!("{sign}{yuan}"),
        (yuan, rest) => format!("{sign}{yuan}.{rest:02}"),
    }
}
