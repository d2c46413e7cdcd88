//! `/agency/cases/{reference}/do/{act}`: one form for each thing that officers do, with ready words where there are any.

use std::sync::Arc;

use actix_web::{
    Either, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use chrono::{Days, NaiveDate};
use yimen_contract::service::{Days as Longer, Decision, Delivery, Service};
use yimen_forms::{Form, Kind};

use super::{LIST, address, case::back, mend, refusal, seat};
use crate::{
    cases::{
        Case, Forms, delivery,
        desk::{self, Came, Clocks, DeskError, Order, Seat},
        life::Act,
        papers::places::{self, Place},
        reference_of,
        steps::Said,
    },
    catalogue::{Edition, Shelf, filling::word, present::Presenter, views::Words as _},
    db::Conn,
    platform::{Texts, named},
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Field, Input, Link, StepView, Text},
        see_other,
    },
};

type Answer = Result<Either<Page, HttpResponse>, Failure>;

/// Longest text that an applicant is to read, in characters.
const LONGEST: usize = 2000;
/// So many days an applicant has to put something right, unless the officer says otherwise.
const TO_CORRECT: Days = Days::new(15);
/// A day further away is a slip of the pen.
const LATEST: Days = Days::new(1_100);

/// What a form of the desk is about.
struct About {
    seat: Seat,
    case: Case,
    act: String,
    /// How the applicant wants the result.
    way: Option<Delivery>,
    form: Option<Arc<Form>>,
    edition: Arc<Edition>,
}

impl About {
    async fn new(
        visitor: &Visitor,
        site: &Site,
        (shelf, forms): (&Shelf, &Forms),
        (reference, act): (String, String),
    ) -> Result<Self, Failure> {
        let seat = seat(visitor, site).await?;
        let number = reference_of(&reference).ok_or(Failure::NotFound)?;
        let asking = seat.clone();
        let read = move |c: &mut Conn| {
            let (case, _) = desk::one(c, &asking, &number)?;
            Ok::<_, DeskError>((delivery::way(c, &case)?, case))
        };
        let (way, case) = site.db.read(read).await?;
        let form = match &case.form {
            Some(path) => Some(forms.of(&site.db, case.version, path).await?),
            None => None,
        };
        Ok(Self { seat, case, act, way, form, edition: shelf.edition()? })
    }

    fn service(&self) -> Option<&Service> {
        self.edition.catalogue.service(&self.case.service).map(|entry| &entry.service)
    }

    fn act(&self) -> Result<Act, Failure> {
        Act::named(&self.act).ok_or(Failure::NotFound)
    }

    fn view(&self, visitor: &Visitor, site: &Site) -> Result<StepView, Failure> {
        let (t, today) = (visitor.texts(), site.clock.today());
        let present = Presenter::new(t, &self.edition.catalogue);
        let to = format!("{}/do/{}", address(&self.case.reference), self.act);
        let inputs = match mend::inputs(t, &self.act) {
            Some(inputs) => inputs,
            None => self.inputs(t, today)?,
        };
        let mut view = StepView::new(visitor.frame(), visitor.form_token(site)?, to, t.desk_do(&self.act));
        let name =
            self.service().map_or_else(|| self.case.service.clone(), |one| present.text(&one.name).text);
        view.lead = vec![format!("{name} · {}", self.case.reference), self.what(t)];
        view.inputs = inputs;
        t.desk_submit().clone_into(&mut view.submit);
        view.links = vec![Link::new(Text::plain(t.desk_back()), address(&self.case.reference))];
        Ok(view)
    }

    /// What the act means for the applicant, and for the term.
    fn what(&self, t: Texts) -> String {
        let longer = self.service().filter(|_| self.act == Act::Extend.tag());
        match longer.map(|service| (desk::extension(Some(service)), service.time.promised.unit)) {
            Some((days, unit)) => t.desk_extends(t.days(&Longer { days: days.into(), unit })),
            None => t.desk_about(&self.act),
        }
    }

    fn inputs(&self, t: Texts, today: NaiveDate) -> Result<Vec<Input>, Failure> {
        let needed = |name: &'static str, label: &str| Field { required: true, ..Field::new(name, label) };
        let words = |value: String| {
            Input::new("long", needed("reason", t.desk_words()).hint(t.desk_words_hint()).value(value))
        };
        let day = |after: Days, label: &str| {
            let day = today.checked_add_days(after).unwrap_or(today);
            Input::new("date", needed("due", label).value(day.to_string()))
        };
        let act = self.act()?;
        Ok(match act {
            Act::Deliver if self.is_picked_up() => vec![
                Input::new("text", Field::new("code", t.desk_pickup_code()).hint(t.desk_pickup_code_hint())),
                Input::new("text", Field::new("signed", t.desk_signed()).hint(t.desk_signed_hint())),
            ],
            Act::Accept | Act::Deliver => Vec::new(),
            Act::AskCorrection => self.asked(t, day(TO_CORRECT, t.desk_correct_by())),
            Act::NotAccept => {
                let turn_to = needed("turn_to", t.case_turn_to()).hint(t.desk_turn_to_hint());
                vec![words(self.ready(t, act)), Input::new("text", turn_to)]
            }
            Act::Suspend => vec![
                words(String::new()),
                Input::new("text", needed("basis", t.case_basis()).hint(t.desk_basis_hint())),
                day(TO_CORRECT, t.desk_suspend_until()),
            ],
            Act::Resume => vec![Input::new("long", Field::new("reason", t.desk_words()))],
            Act::Send if self.is_picked_up() => {
                let place = needed("place", t.desk_pickup_place()).hint(t.desk_pickup_place_hint());
                vec![Input::new("text", place.value(self.counter(t)))]
            }
            Act::Send => vec![
                Input::new("text", needed("carrier", t.case_carrier())),
                Input::new("text", needed("parcel", t.case_parcel())),
            ],
            Act::Extend | Act::Grant | Act::Refuse | Act::Terminate => vec![words(self.ready(t, act))],
            _ => return Err(Failure::NotFound),
        })
    }

    fn is_picked_up(&self) -> bool {
        self.way == Some(Delivery::Counter)
    }

    /// Where the agency's own counter is.
    fn counter(&self, t: Texts) -> String {
        let agency = self.edition.catalogue.agency(&self.case.agency);
        agency.map(|entry| word(t, &entry.agency.contact.address)).unwrap_or_default()
    }

    /// One box for each question: what is written there is what the applicant has to do about it.
    fn asked(&self, t: Texts, until: Input) -> Vec<Input> {
        let shown = |kind: &Kind| !matches!(kind, Kind::Agree);
        let fields = self.form.iter().flat_map(|form| &form.fields).filter(|field| shown(&field.kind));
        let boxes = fields.map(|field| {
            Input::new("text", Field::new(format!("about-{}", field.name), word(t, &field.label)))
        });
        let above = Field::new("above", t.desk_above()).hint(t.desk_above_hint());
        let above = (self.case.round > 0 && self.seat.approves()).then(|| Input::new("long", above));
        let papers = self.papers().into_iter().map(|place| {
            Input::new("text", Field::new(format!("about-paper-{}", place.slug), word(t, &place.name)))
        });
        boxes.chain(papers).chain([until]).chain(above).collect()
    }

    /// The papers that can be asked for here.
    fn papers(&self) -> Vec<Place> {
        self.service().filter(|_| self.form.is_some()).into_iter().flat_map(places::sent).collect()
    }

    /// What a box of the form is about, as it is kept: a question by its name, a paper by that of the guide.
    fn about(&self, name: &str) -> String {
        let paper = name.strip_prefix("paper-");
        let found = paper.and_then(|slug| self.papers().into_iter().find(|place| place.slug == slug));
        found.map_or_else(|| name.to_owned(), |place| place.name.zh)
    }

    /// The words of the service's own template, or the city's.
    fn ready(&self, t: Texts, act: Act) -> String {
        let Some(service) = self.service() else { return String::new() };
        let decision = match act {
            Act::NotAccept => Decision::NotAccept,
            Act::Grant => Decision::Grant,
            Act::Refuse => Decision::Refuse,
            Act::Terminate => Decision::Terminate,
            _ => return String::new(),
        };
        let own = service.desk.iter().flat_map(|desk| &desk.texts).find(|text| text.decision == decision);
        if let Some(text) = own {
            return word(t, &text.text);
        }
        let law = service.basis.first().map(|basis| word(t, &basis.law)).unwrap_or_default();
        let name = word(t, &service.name);
        match act {
            Act::NotAccept => t.desk_text_not_accept(name),
            Act::Grant => t.desk_text_grant(named::Law(law), named::Service(name)),
            Act::Refuse => t.desk_text_refuse(named::Law(law), named::Service(name)),
            _ => t.desk_text_terminate(name),
        }
    }

    /// What the form says, or the view with what is wrong.
    fn read(
        &self,
        t: Texts,
        view: &mut StepView,
        sent: &Submitted,
        today: NaiveDate,
    ) -> Result<Order, Failure> {
        let (mut said, mut code) = (Said::default(), None);
        for input in &mut view.inputs {
            let (name, typed) = (input.field.name.to_string(), sent.get(&input.field.name).to_owned());
            input.field.value.clone_from(&typed);
            if typed.chars().count() > LONGEST || (input.field.required && typed.is_empty()) {
                input.field.error = Some(t.desk_words_wrong().to_owned());
            }
            let text = Some(typed.clone()).filter(|text| !text.is_empty());
            match (name.as_str(), name.strip_prefix("about-")) {
                ("reason", _) => said.reason = text,
                ("turn_to", _) => said.turn_to = text,
                ("basis", _) => said.basis = text,
                ("parcel", _) => said.parcel = text,
                ("carrier", _) => said.carrier = text,
                ("place", _) => said.place = text,
                ("signed", _) => said.signed = text,
                ("code", _) => code = text,
                ("above", _) => said.above = text,
                ("due", _) => match typed.parse::<NaiveDate>().ok().filter(|day| within(today, *day)) {
                    Some(day) => said.due = Some(day),
                    None => input.field.error = Some(t.desk_day_wrong().to_owned()),
                },
                (_, Some(about)) => said.corrections.extend(text.map(|text| (self.about(about), text))),
                _ => {}
            }
        }
        let act = self.act()?;
        if act == Act::AskCorrection && said.corrections.is_empty() {
            view.wrong("", t.desk_ask_nothing());
        }
        if act == Act::Deliver && self.is_picked_up() && code.is_none() && said.signed.is_none() {
            view.wrong("code", t.desk_code_or_signed());
        }
        Ok(Order { act, said, code })
    }
}

/// After today, and not so far away that nobody can have meant it.
fn within(today: NaiveDate, day: NaiveDate) -> bool {
    day > today && today.checked_add_days(LATEST).is_some_and(|latest| day <= latest)
}

pub async fn form(
    visitor: Visitor,
    (site, shelf, forms): (Data<Site>, Data<Shelf>, Data<Forms>),
    path: Path<(String, String)>,
) -> Result<Page, Failure> {
    let about = About::new(&visitor, &site, (&shelf, &forms), path.into_inner()).await?;
    Page::new(&about.view(&visitor, &site)?)
}

pub async fn post(
    visitor: Visitor,
    (site, shelf, forms): (Data<Site>, Data<Shelf>, Data<Forms>),
    path: Path<(String, String)>,
    form: Submitted,
) -> Answer {
    let about = About::new(&visitor, &site, (&shelf, &forms), path.into_inner()).await?;
    let t = visitor.texts();
    let mut view = about.view(&visitor, &site)?;
    let (ring, now) = (Arc::clone(&site.keys), site.clock.now());
    let (seat, number) = (about.seat.clone(), about.case.reference.clone());
    let back_to = number.clone();
    let came = if mend::inputs(t, &about.act).is_some() {
        let Some(remedy) = mend::read(&mut view, t, &about.act, &form) else { return wrong(&view) };
        site.db.tx(move |c| desk::mend(c, &ring, now, &seat, &number, &remedy)).await.map(|()| "mended")
    } else {
        let order = about.read(t, &mut view, &form, site.clock.today())?;
        if view.is_wrong() {
            return wrong(&view);
        }
        let clocks = Clocks::of(&about.edition, &about.case.service);
        let carry = move |c: &mut Conn| desk::carry_out(c, &ring, now, &seat, &clocks, (&number, &order));
        site.db.tx(carry).await.map(|came| if came == Came::Proposed { "proposed" } else { "done" })
    };
    match came {
        // What is on its way again stands on this desk no more.
        Ok("mended") => Ok(Either::Right(see_other(&format!("{LIST}?show=failed&said=mended")))),
        Ok(came) => Ok(Either::Right(back(&back_to, came))),
        Err(DeskError::WrongCode) => {
            view.wrong("code", t.desk_code_wrong());
            wrong(&view)
        }
        Err(DeskError::SeenBefore) => {
            view.wrong("", t.desk_seen_before());
            wrong(&view)
        }
        Err(error) => Ok(Either::Right(back(&back_to, refusal(error)?))),
    }
}

fn wrong(view: &StepView) -> Answer {
    Ok(Either::Left(Page::new(view)?.status(StatusCode::UNPROCESSABLE_ENTITY)))
}
