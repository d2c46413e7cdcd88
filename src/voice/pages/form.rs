//! `/voice/{kind}/new` for whoever is signed in, `/voice/{kind}/guest` where the city takes it from everybody.

use std::{sync::Arc, time::Duration};

use actix_web::{
    Either, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use uuid::Uuid;

use super::{MINE, choose::About, citizen, clocks, kind_of, typed::Typed};
use crate::{
    cache::Key,
    cases::papers::alone::{self, Takes},
    catalogue::{Shelf, present::Presenter},
    db::Conn,
    platform::spoken,
    policy::Rule,
    voice::{
        Clocks, Kind, photos,
        take::{self, Coming},
        views::{FormView, SentView},
    },
    web::{
        Failure, Page, Site, Uploaded, Visitor,
        frame::{Field, Text},
        household, see_other,
    },
};

/// In this time no more are taken from one person, and from one house without an account, than the city says.
const HOUR: Duration = Duration::from_hours(1);

type Answer = Result<Either<Page, HttpResponse>, Failure>;

fn view(
    visitor: &Visitor,
    (site, clocks): (&Site, &Clocks),
    typed: &Typed,
    (kind, guest): (Kind, bool),
) -> Result<FormView, Failure> {
    let present = Presenter::new(visitor.texts(), &clocks.edition().catalogue);
    let (t, policy) = (present.t, clocks.policy()?);
    let about = About::named(present, &typed.service, &typed.agency);
    let asset = policy.asset(&typed.asset).map(|asset| present.text(&asset.name));
    let mut hidden = about.hidden();
    hidden.push(("key", typed.key.clone()));
    if !typed.asset.is_empty() {
        hidden.push(("asset", typed.asset.clone()));
    }
    let way = if guest { "guest" } else { "new" };
    // A tip-off is always secret.
    let (label, hint) = if kind == Kind::TipOff {
        (t.voice_field_picture(), t.voice_field_picture_hint())
    } else {
        (t.voice_field_file(), t.voice_field_file_hint())
    };
    let picture = Field::new("picture", label).hint(hint);
    Ok(FormView {
        csrf: visitor.form_token(site)?,
        action: format!("/voice/{}/{way}", kind.tag()),
        kind: kind.tag().to_owned(),
        guest,
        about: asset.or_else(|| about.link.as_ref().map(|link| link.text.clone())),
        hidden,
        inputs: typed.inputs(present, clocks, (kind, guest)),
        picture: kind.has_picture().then_some(picture),
        turn_to: policy.elsewhere(&typed.elsewhere).map(|one| present.text(&one.turn_to)),
        frame: visitor.frame(),
    })
}

/// `GET /voice/{kind}/new`
pub async fn new_page(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    kind: Path<String>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let (kind, clocks) = (kind_of(&kind)?, clocks(&shelf)?);
    citizen(&visitor)?;
    let present = Presenter::new(visitor.texts(), &clocks.edition().catalogue);
    let typed = Typed::asked(&clocks, present, &request)?;
    Page::new(&view(&visitor, (&site, &clocks), &typed, (kind, false))?)
}

/// Whether the city takes this kind from people without an account. Whoever has one and is signed in uses it.
fn guests(visitor: &Visitor, clocks: &Clocks, kind: Kind) -> Result<Option<HttpResponse>, Failure> {
    let signed = visitor.session(crate::web::session::Realm::Citizen).is_some();
    let taken = clocks.policy()?.guests.iter().any(|tag| tag == kind.tag());
    Ok((signed || !taken).then(|| see_other(&format!("/voice/{}/new", kind.tag()))))
}

/// `GET /voice/{kind}/guest`
pub async fn guest_page(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    kind: Path<String>,
    request: HttpRequest,
) -> Answer {
    let (kind, clocks) = (kind_of(&kind)?, clocks(&shelf)?);
    if let Some(elsewhere) = guests(&visitor, &clocks, kind)? {
        return Ok(Either::Right(elsewhere));
    }
    let present = Presenter::new(visitor.texts(), &clocks.edition().catalogue);
    let typed = Typed::asked(&clocks, present, &request)?;
    Ok(Either::Left(Page::new(&view(&visitor, (&site, &clocks), &typed, (kind, true))?)?))
}

/// What was sent, ready to be taken in; or the form again, with what is wrong.
async fn read(
    visitor: &Visitor,
    (site, clocks): (&Site, &Clocks),
    sent: Uploaded,
    (kind, guest): (Kind, bool),
) -> Result<Result<(Uuid, Coming), Page>, Failure> {
    let (t, typed) = (visitor.texts(), Typed::sent(&sent.form));
    let mistakes = typed.mistakes(t, clocks, (kind, guest));
    let file = sent.file.filter(|_| kind.has_picture()).filter(|_| mistakes.is_empty());
    let takes = if typed.is_secret(kind) { Takes::Pictures } else { Takes::All };
    let picture = match file {
        Some(file) => {
            let bytes = (takes, file.bytes);
            Some(alone::keep(photos::folder(site), site.clock.now(), t, bytes).await?)
        }
        None => None,
    };
    let refused = match &picture {
        Some(Err(words)) => Some(words.clone()),
        _ => None,
    };
    if mistakes.is_empty() && refused.is_none() {
        let coming = typed.coming(clocks, kind, picture.and_then(Result::ok))?;
        return Ok(Ok((typed.key()?, coming)));
    }
    let mut view = view(visitor, (site, clocks), &typed, (kind, guest))?;
    for (name, words) in mistakes {
        if let Some(input) = view.inputs.iter_mut().find(|input| input.field.name == name) {
            input.field.error = Some(words);
        }
    }
    view.picture = view.picture.map(|field| Field { error: refused, ..field });
    Ok(Err(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)))
}

/// Counts, and says when there are too many.
async fn bounded(site: &Site, key: Key, most: u64) -> Result<(), Failure> {
    let tally = site.cache.count(&key, HOUR, site.clock.now()).await;
    if tally.over(most) {
        return Err(Failure::TooMany { retry_after: tally.resets_in.as_secs().max(1) });
    }
    Ok(())
}

/// `POST /voice/{kind}/new`
pub async fn new(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    kind: Path<String>,
    sent: Uploaded,
) -> Answer {
    let (kind, clocks, citizen) = (kind_of(&kind)?, clocks(&shelf)?, citizen(&visitor)?);
    let (key, coming) = match read(&visitor, (&site, &clocks), sent, (kind, false)).await? {
        Ok(read) => read,
        Err(page) => return Ok(Either::Left(page)),
    };
    let (ring, now) = (Arc::clone(&site.keys), site.clock.now());
    let most = clocks.rules(now).number(Rule::ReportsOwn);
    bounded(&site, Key::new("voice", &[&citizen]), most.into()).await?;
    let take = move |c: &mut Conn| take::from_citizen(c, &ring, now, &clocks, (citizen, key), &coming);
    let number = site.db.tx(take).await?;
    Ok(Either::Right(see_other(&format!("{MINE}/{number}?said=sent"))))
}

/// `POST /voice/{kind}/guest`: the answer is the page with number and code, so that the code stands in no address. Sent once
/// more, it is the same page.
pub async fn guest(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    kind: Path<String>,
    sent: Uploaded,
) -> Answer {
    let (kind, clocks) = (kind_of(&kind)?, clocks(&shelf)?);
    if let Some(elsewhere) = guests(&visitor, &clocks, kind)? {
        return Ok(Either::Right(elsewhere));
    }
    let (key, coming) = match read(&visitor, (&site, &clocks), sent, (kind, true)).await? {
        Ok(read) => read,
        Err(page) => return Ok(Either::Left(page)),
    };
    let house = household(visitor.address()).to_string();
    let (ring, now) = (Arc::clone(&site.keys), site.clock.now());
    let most = clocks.rules(now).number(Rule::ReportsGuests);
    bounded(&site, Key::new("voice-guests", &[&house]), most.into()).await?;
    let take = move |c: &mut Conn| take::from_guest(c, &ring, now, &clocks, key, &coming);
    let (number, code) = site.db.tx(take).await?;
    let view = SentView {
        kind: kind.tag().to_owned(),
        number,
        code: spoken::grouped(&code),
        frame: visitor.frame(),
    };
    Ok(Either::Left(Page::new(&view)?))
}

/// The thing with a code, for the form's heading.
pub(super) fn asset_name(present: Presenter<'_>, code: Option<&str>) -> Option<Text> {
    let policy = present.catalogue.city.voice.as_ref()?;
    policy.asset(code?).map(|asset| present.text(&asset.name))
}
