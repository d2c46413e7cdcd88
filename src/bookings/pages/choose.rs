//! Choosing a time: `POST /services/{code}/start`, and waiting for one.

use actix_web::{
    Either, HttpResponse,
    web::{Data, Path},
};
use chrono::TimeDelta;
use yimen_contract::capability::Capability;
use yimen_forms::Draft;

use super::{
    calendar::Offer,
    place_of,
    start::{Choosing, Looking},
};
use crate::{
    bookings::{
        Booking, BookingError, Slot,
        act::{can_cancel, may_book},
        choose::{Choice, choose},
        life::State,
        queries, tell,
        views::ChooseNews,
        waits::{self, Wanted},
    },
    cases::{
        DraftId, Forms, Whose,
        drafts::{self, Of},
        pages as cases, reference_of,
    },
    catalogue::Shelf,
    db::Conn,
    gateway::{self, Gateway},
    web::{Failure, Page, Site, Submitted, Visitor, see_other},
};

/// Chooses a time; what is not booked here is begun otherwise.
pub async fn begin(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    (gateway, forms): (Data<Gateway>, Data<Forms>),
    code: Path<String>,
    sent: Submitted,
) -> Result<Either<Page, HttpResponse>, Failure> {
    let edition = shelf.edition()?;
    let Some(choosing) = Choosing::of(&visitor, &site, &edition, &code).await? else {
        return cases::begin(visitor, (site, shelf), (gateway, forms), code, sent).await;
    };
    let given = |name: &str| Some(sent.get(name).to_owned()).filter(|value| !value.is_empty());
    let looking = Looking {
        place: given("place"),
        day: given("day").and_then(|day| day.parse().ok()),
        instead: given("instead").as_deref().and_then(reference_of),
    };
    if given("wish").is_some() {
        let whose = choosing.whose.as_ref().map_err(|_| Failure::Refused)?;
        let (citizen, now, agency) = (whose.party.acting, site.clock.now(), choosing.agency.slug.clone());
        site.db.tx(move |c| gateway::wish(c, now, citizen, &agency)).await?;
        return choosing.page(&gateway, &looking, (ChooseNews::Wished, None)).await.map(Either::Left);
    }
    let (Ok(_), None) = (&choosing.whose, choosing.is_too_young().await?) else {
        return choosing.page(&gateway, &looking, (ChooseNews::Nothing, None)).await.map(Either::Left);
    };
    let Some(slot) = given("slot") else {
        let error = visitor.texts().booking_choose_one().to_owned();
        return choosing.page(&gateway, &looking, (ChooseNews::Nothing, Some(error))).await.map(Either::Left);
    };
    // What the form says is looked up: times and fees are the calendar's, not the browser's.
    let calendar = choosing.source(&gateway).calendar().await?;
    let offer = calendar.offers.into_iter().find(|offer| offer.id == slot && offer.is_free());
    let Some(offer) = offer else {
        return choosing.page(&gateway, &looking, (ChooseNews::Gone, None)).await.map(Either::Left);
    };
    match choosing.take(&gateway, &forms, (&offer, looking.instead.as_deref())).await? {
        Ok(booking) => {
            let to = format!("/services/{}/apply/{}", booking.service, booking.id);
            Ok(Either::Right(see_other(&to)))
        }
        Err(news) => choosing.page(&gateway, &looking, (news, None)).await.map(Either::Left),
    }
}

impl Choosing<'_> {
    /// Makes a booking of what was chosen, with the form to fill in, and has the agency keep it if it can.
    async fn take(
        &self,
        gateway: &Gateway,
        forms: &Forms,
        (offer, instead): (&Offer, Option<&str>),
    ) -> Result<Result<Booking, ChooseNews>, Failure> {
        let Ok(whose) = self.whose.clone() else { return Err(Failure::Refused) };
        let (catalogue, owner) = (&self.edition.catalogue, whose.owner());
        let entry = catalogue.service_for(&self.entry.service.code, owner).unwrap_or(self.entry);
        let service = &entry.service;
        let path = service.form.clone().ok_or(Failure::NotFound)?;
        let (version, form) = forms.current(&self.site.db, (catalogue, entry), &path, owner).await?;
        let hold = TimeDelta::minutes(self.rules.hold_minutes.into());
        let slot = Slot {
            id: offer.id.clone(),
            place: offer.place.clone(),
            place_name: offer.place_name.clone(),
            fee_fen: offer.fee_fen,
        };
        let mut choice = Choice {
            service: service.code.clone(),
            agency: self.agency.slug.clone(),
            version,
            slot: slot.clone(),
            starts: offer.starts,
            ends: offer.ends,
            kept: offer.session.clone().map(|session| (session, hold)),
            replaces: None,
        };
        let (ring, now, rules) = (self.site.keys.clone(), self.site.clock.now(), self.rules.clone());
        let (instead, code) = (instead.map(str::to_owned), service.code.clone());
        let of = Of { service: code.clone(), version, form: path };
        let make = move |c: &mut Conn| {
            may_book(c, now, whose.owner(), &code, &rules)?;
            let mut draft = Draft::default();
            if let Some(reference) = instead {
                let old = queries::find(c, &whose, &reference)?;
                if old.service != code || !can_cancel(&old, &rules, now) || old.state()? != State::Booked {
                    return Err(BookingError::NotNow);
                }
                // What was filled in then need not be typed again.
                let warrant = whose.warrant(c, &ring, now, &code)?;
                draft = Draft::of(&form, &old.filled(c, &ring, &warrant)?);
                choice.replaces = Some(old.id);
            }
            let booking = choose(c, &ring, now, &whose, &choice)?;
            let id = DraftId::from(booking.id.uuid());
            drafts::begin_as(c, &ring, now, &whose, (id, &of), &draft)?;
            Ok(booking)
        };
        let booking = match self.site.db.tx(make).await {
            Ok(booking) => booking,
            Err(BookingError::Full) => return Ok(Err(ChooseNews::Gone)),
            Err(BookingError::AlreadyThatDay) => return Ok(Err(ChooseNews::ThatDay)),
            Err(BookingError::NotNow) => return Ok(Err(ChooseNews::Settled)),
            Err(BookingError::TooMany) => return Ok(Err(ChooseNews::TooMany)),
            Err(BookingError::Barred(until)) => {
                return Ok(Err(ChooseNews::Barred(super::local(until).date())));
            }
            Err(error) => return Err(error.into()),
        };
        self.have_held(gateway, booking, &slot).await
    }

    async fn have_held(
        &self,
        gateway: &Gateway,
        booking: Booking,
        slot: &Slot,
    ) -> Result<Result<Booking, ChooseNews>, Failure> {
        if booking.session_id.is_some() {
            return Ok(Ok(booking));
        }
        let declared = gateway.repeats(&booking.agency, Capability::SlotsHold, &booking.service).await?;
        if declared.is_none() {
            return Ok(Ok(booking));
        }
        let held = tell::hold(gateway, &booking, slot, &self.entry.service.claims).await?;
        let Some(output) = held else { return Ok(Ok(booking)) };
        let (ring, now) = (self.site.keys.clone(), self.site.clock.now());
        let mut kept = booking.clone();
        let state = self.site.db.tx(move |c| tell::was_held(c, &ring, now, &mut kept, &output)).await?;
        Ok(match state {
            State::Barred => Err(ChooseNews::BarredThere),
            State::Full | State::Stopped => Err(ChooseNews::Gone),
            _ => Ok(booking),
        })
    }
}

/// `POST /services/{code}/wait`: puts somebody on the waiting list of a full day.
pub async fn wait(
    visitor: Visitor,
    (site, shelf, gateway): (Data<Site>, Data<Shelf>, Data<Gateway>),
    code: Path<String>,
    sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let edition = shelf.edition()?;
    let choosing = Choosing::of(&visitor, &site, &edition, &code).await?.ok_or(Failure::NotFound)?;
    let whose: Whose = choosing.whose.clone().map_err(|_| Failure::Refused)?;
    if choosing.is_too_young().await?.is_some() {
        return Err(Failure::Refused);
    }
    let service = &choosing.entry.service;
    let place = place_of(service, sent.get("place")).ok_or(Failure::NotFound)?.id.clone();
    let day: chrono::NaiveDate = sent.get("day").parse().map_err(|_| Failure::BadRequest)?;
    let now = site.clock.now();
    let (from, to) = crate::bookings::rules::window(&choosing.rules, now);
    if !(from..=to).contains(&day) {
        return Err(Failure::BadRequest);
    }
    // Something may have come free since they saw that nothing was: nobody is told of that again.
    let offers = choosing.source(&gateway).calendar().await?.offers;
    let here = |offer: &Offer| offer.day() == day && offer.place.as_deref() == Some(place.as_str());
    let (code, agency) = (service.code.clone(), choosing.agency.slug.clone());
    if offers.iter().any(|offer| offer.is_free() && here(offer)) {
        return Ok(see_other(&format!("/services/{code}/start?place={place}&day={day}")));
    }
    let (minutes, rules) = (choosing.rules.offer_minutes, choosing.rules.clone());
    let back = format!("/services/{code}/start?place={place}&day={day}&said=joined");
    let join = move |c: &mut Conn| {
        may_book(c, now, whose.owner(), &code, &rules)?;
        let wanted = Wanted { service: &code, agency: &agency, place: &place, day, offer_minutes: minutes };
        waits::join(c, now, &whose, &wanted)
    };
    site.db.tx(join).await?;
    Ok(see_other(&back))
}
