//! `/me/cases/{reference}/delivery`: how somebody wants their result, while nothing is on its way.

use actix_web::{
    Either, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use yimen_contract::service::{Delivery, Service};

use super::case::allowed;
use crate::{
    cases::{
        CaseError, Whose,
        delivery::{self, Address, Chosen},
        queries, reference_of,
    },
    catalogue::{Edition, Shelf, present::Presenter, views::Words as _},
    db::Conn,
    platform::Texts,
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Choice, Field, Input, Link, StepView, Text},
        see_other,
    },
};

type Answer = Result<Either<Page, HttpResponse>, Failure>;

/// Longest that each of an address may be, in characters.
const BOXES: [(&str, usize); 3] = [("name", 60), ("phone", 20), ("place", 200)];

/// What is asked, of whom, and what they said before.
struct Asked {
    whose: Whose,
    reference: String,
    service: Service,
    chosen: Option<Chosen>,
}

/// `None`: it cannot be chosen any more.
async fn asked(
    visitor: &Visitor,
    site: &Site,
    edition: &Edition,
    reference: &str,
) -> Result<Option<Asked>, Failure> {
    let whose = allowed(visitor, site, &edition.catalogue, reference).await?;
    let (ring, now, reader) = (site.keys.clone(), site.clock.now(), whose.clone());
    let number = reference.to_owned();
    let read = move |c: &mut Conn| {
        let case = queries::find(c, &reader, &number)?;
        let warrant = reader.warrant(c, &ring, now, &case.service)?;
        Ok::<_, CaseError>((delivery::chosen(c, &ring, &case, &warrant)?, case))
    };
    let (chosen, case) = site.db.tx(read).await?;
    let service = edition.catalogue.service(&case.service).map(|entry| &entry.service);
    if delivery::offered(service, &case).is_empty() {
        return Err(Failure::NotFound);
    }
    let service = service.ok_or(Failure::NotFound)?.clone();
    Ok(delivery::is_open(&case).then_some(Asked { whose, reference: case.reference, service, chosen }))
}

/// Back to the case, which says how it stands.
fn back(reference: &str) -> HttpResponse {
    see_other(&format!("/me/cases/{reference}#delivery"))
}

fn view(visitor: &Visitor, site: &Site, present: Presenter<'_>, asked: &Asked) -> Result<StepView, Failure> {
    let t = present.t;
    let case = format!("/me/cases/{}", asked.reference);
    let mut view = StepView::new(
        visitor.frame(),
        visitor.form_token(site)?,
        format!("{case}/delivery"),
        t.delivery_result(),
    );
    let name = present.text(&asked.service.name).text;
    view.lead = vec![format!("{name} · {}", asked.reference), t.delivery_lead().to_owned()];
    let way = asked.chosen.as_ref().map(|chosen| chosen.way);
    let ways = asked
        .service
        .result
        .delivery
        .iter()
        .map(|one| Choice::new(delivery::tag(*one), t.delivery(one), way == Some(*one)));
    let way = Field::new("way", t.delivery_title()).choices(ways.collect());
    view.inputs = vec![Input::new("radio", Field { required: true, ..way })];
    if asked.service.result.delivery.contains(&Delivery::Post) {
        let to = asked.chosen.as_ref().and_then(|chosen| chosen.address.clone()).unwrap_or_default();
        view.inputs.extend(boxes(t, &to));
    }
    t.delivery_save().clone_into(&mut view.submit);
    view.links = vec![Link::new(Text::plain(t.delivery_back()), case)];
    Ok(view)
}

fn boxes(t: Texts, to: &Address) -> [Input; 3] {
    let only = t.delivery_only_post();
    let name = Field::new("name", t.delivery_name()).hint(only).value(to.name.as_str());
    let phone = Field::new("phone", t.delivery_phone()).hint(only).value(to.phone.as_str());
    let place =
        Field::new("place", t.delivery_place()).hint(t.delivery_place_hint()).value(to.place.as_str());
    [
        Input::new("text", Field { autocomplete: Some("name"), ..name }),
        Input::new("text", Field { autocomplete: Some("tel"), ..phone }),
        Input::new("text", Field { autocomplete: Some("street-address"), ..place }),
    ]
}

/// What the form says, or the view with what is wrong.
fn read(t: Texts, view: &mut StepView, sent: &Submitted) -> Option<Chosen> {
    let way = delivery::named(sent.get("way"));
    for input in &mut view.inputs {
        let typed = sent.get(&input.field.name).trim();
        for choice in &mut input.field.choices {
            choice.chosen = choice.value == typed;
        }
        if let Some((_, most)) = BOXES.iter().find(|(name, _)| input.field.name == *name) {
            typed.clone_into(&mut input.field.value);
            if way == Some(Delivery::Post) && (typed.is_empty() || typed.chars().count() > *most) {
                input.field.error = Some(t.delivery_box_wrong(*most));
            }
        } else if !input.field.choices.iter().any(|choice| choice.chosen) {
            input.field.error = Some(t.wrong_choice().to_owned());
        }
    }
    let phone = sent.get("phone").trim();
    let dialled = |sign: char| sign.is_ascii_digit() || "+- ".contains(sign);
    if way == Some(Delivery::Post) && !phone.is_empty() && !phone.chars().all(dialled) {
        view.wrong("phone", t.wrong_phone());
    }
    if view.is_wrong() {
        return None;
    }
    let word = |name: &str| sent.get(name).trim().to_owned();
    let way = way?;
    let address = Address { name: word("name"), phone: word("phone"), place: word("place") };
    Some(Chosen { way, address: (way == Delivery::Post).then_some(address) })
}

pub async fn form(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    reference: Path<String>,
) -> Answer {
    let (edition, number) = (shelf.edition()?, reference_of(&reference).ok_or(Failure::NotFound)?);
    let Some(asked) = asked(&visitor, &site, &edition, &number).await? else {
        return Ok(Either::Right(back(&number)));
    };
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    Ok(Either::Left(Page::new(&view(&visitor, &site, present, &asked)?)?))
}

pub async fn choose(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    reference: Path<String>,
    sent: Submitted,
) -> Answer {
    let (edition, number) = (shelf.edition()?, reference_of(&reference).ok_or(Failure::NotFound)?);
    let Some(asked) = asked(&visitor, &site, &edition, &number).await? else {
        return Ok(Either::Right(back(&number)));
    };
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let mut view = view(&visitor, &site, present, &asked)?;
    let Some(chosen) = read(present.t, &mut view, &sent) else {
        return Ok(Either::Left(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)));
    };
    let (ring, now) = (site.keys.clone(), site.clock.now());
    let Asked { whose, reference, service, .. } = asked;
    let keep = move |c: &mut Conn| delivery::choose(c, &ring, now, &whose, (&reference, &service), &chosen);
    match site.db.tx(keep).await {
        // Sent in the same moment: the page says so.
        Ok(()) | Err(CaseError::NotNow) => Ok(Either::Right(back(&number))),
        Err(error) => Err(error.into()),
    }
}
