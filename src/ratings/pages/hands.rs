//! Who of the agency has a follow-up in hand: shown on its page, taken and handed over from there.

use actix_web::{HttpResponse, web::Path};

use super::{Seat, id_of, rate::Two};
use crate::{
    accounts::staff::{Member, Role},
    db::Conn,
    ledger::StaffId,
    platform::{Texts, keys::KeyRing},
    ratings::{
        RatingError,
        follow::{
            hands::{self, Hands},
            work::Worker,
        },
        queries,
        views::HandView,
    },
    web::{
        Failure, Submitted, Visitor,
        frame::{Choice, Field},
        see_other,
    },
};

/// Who has it, and to whom whoever looks can give it: themselves first.
pub(super) fn hand_view(t: Texts, ring: &KeyRing, me: &Member, hands: &Hands) -> Result<HandView, Failure> {
    let holder = hands.holder.as_ref();
    let gives = holder.is_none_or(|one| one.id == me.id) || me.role() == Role::Manager;
    let mut choices = Vec::new();
    for one in hands.colleagues.iter().filter(|one| gives && holder.is_none_or(|has| has.id != one.id)) {
        let (name, own) = (one.name(ring)?, one.id == me.id);
        let name = if own { t.rating_hand_me(name) } else { name };
        choices.push(Choice::new(one.id.to_string(), name, own));
    }
    Ok(HandView {
        holder: holder.map(|one| one.name(ring)).transpose()?,
        was: holder.map(|one| one.id.to_string()).unwrap_or_default(),
        to: Field::new("to", t.rating_hand_to()).choices(choices),
    })
}

/// `POST /agency/ratings/{id}/hand`
pub async fn hand(
    visitor: Visitor,
    (site, shelf): Two,
    id: Path<String>,
    posted: Submitted,
) -> Result<HttpResponse, Failure> {
    let seat = Seat::of_agency(&visitor, &site).await?;
    let edition = shelf.edition()?;
    let (id, agencies, now) = (id_of(&id)?, seat.agencies(&edition.catalogue), site.clock.now());
    let to: StaffId = posted.get("to").parse().map_err(|_| Failure::BadRequest)?;
    let was = match posted.get("was") {
        "" => None,
        was => Some(was.parse::<StaffId>().map_err(|_| Failure::BadRequest)?),
    };
    let url = seat.url(id);
    let give = move |c: &mut Conn| {
        let (rating, ..) = queries::one(c, &agencies, id)?;
        let me = &seat.at.member;
        let worker = Worker { staff: me.id, agency: &rating.agency, above: false };
        hands::give(c, now, (worker, me), id, (was, to))
    };
    let word = match site.db.tx(give).await {
        Ok(()) => "done",
        Err(RatingError::NotNow) => "not-now",
        Err(error) => return Err(error.into()),
    };
    Ok(see_other(&format!("{url}?said={word}")))
}
