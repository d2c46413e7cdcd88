//! `/me/notices/choices`: how somebody wants to be told.

use actix_web::{Either, HttpResponse, http::StatusCode, web::Data};
use chrono::Timelike as _;

use super::{
    manners::{self, Manners, Quiet},
    model::{Carrier, Spot, Topic},
    outlets,
    pages::{INBOX, citizen},
    principal_pages, spots,
    views::{ChoicesView, TopicChoice},
};
use crate::{
    accounts::{self, acting::Delegation},
    db::{Conn, DbError},
    platform::Texts,
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Choice, Field},
        see_other,
    },
};

fn view(
    visitor: &Visitor,
    site: &Site,
    (manners, there, principals): (&Manners, &[Spot], &[Delegation]),
    (quiet_from, quiet_until, gathered_at): (String, String, String),
) -> Result<ChoicesView, Failure> {
    let t = visitor.texts();
    let topics = Topic::ALL.into_iter().filter(|topic| topic.may_be_chosen());
    let offered = offered(there);
    let topic = |topic: Topic| topic_choice(t, manners, topic, &offered);
    Ok(ChoicesView {
        csrf: visitor.form_token(site)?,
        outlets: site.channels.outlets.any(),
        principals: principals.iter().map(|one| principal_pages::line(t, one)).collect(),
        unreached: Carrier::ALL
            .into_iter()
            .filter(|carrier| there.iter().any(|known| known.carrier == *carrier && known.unreached))
            .map(|carrier| t.notices_unreached(carrier.tag()))
            .collect(),
        topics: topics.map(topic).collect(),
        quiet_from: Field {
            required: true,
            ..Field::new("quiet_from", t.notices_quiet_from()).value(quiet_from)
        },
        quiet_until: Field {
            required: true,
            ..Field::new("quiet_until", t.notices_quiet_until()).value(quiet_until)
        },
        gathered_at: Field::new("gathered_at", t.notices_gathered_at())
            .hint(t.notices_gathered_hint())
            .value(gathered_at),
        frame: visitor.frame(),
    })
}

/// The ways by which one topic is heard of, to choose from.
pub(super) fn topic_choice(t: Texts, manners: &Manners, topic: Topic, offered: &[Carrier]) -> TopicChoice {
    let taken = manners.ways(topic, offered);
    let choice = |carrier: &Carrier| {
        let wanted = taken.iter().any(|(known, why)| known == carrier && why.is_none());
        Choice::new(carrier.tag(), t.notice_channel(carrier.tag()), wanted)
    };
    let choices = offered.iter().map(choice).collect();
    TopicChoice { field: Field::new(topic.tag(), t.notice_topic(topic.tag())).choices(choices) }
}

/// The carriers that somebody can choose between: programs and browsers where they have some.
pub(super) fn offered(there: &[Spot]) -> Vec<Carrier> {
    let has = |carrier: &Carrier| carrier.is_usual() || there.iter().any(|known| known.carrier == *carrier);
    Carrier::ALL.into_iter().filter(has).collect()
}

fn clock(minute: i32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// A minute of the day from `08:30`.
fn minute(text: &str) -> Option<i32> {
    let time = chrono::NaiveTime::parse_from_str(text, "%H:%M").ok()?;
    i32::try_from(time.num_seconds_from_midnight() / 60).ok()
}

/// `GET /me/notices/choices`
pub async fn choices_page(visitor: Visitor, site: Data<Site>) -> Result<Page, Failure> {
    let (citizen, now) = (citizen(&visitor)?, site.clock.now());
    let read = move |c: &mut Conn| {
        let principals = principal_pages::principals(c, now, citizen)?;
        Ok::<_, DbError>((manners::of(c, citizen)?, spots::of(c, citizen)?, principals))
    };
    let (manners, there, principals) = site.db.read(read).await?;
    let Quiet { from, until } = manners.quiet();
    let gathered_at = manners.gathered_at().map(clock).unwrap_or_default();
    Page::new(&view(
        &visitor,
        &site,
        (&manners, &there, &principals),
        (clock(from), clock(until), gathered_at),
    )?)
}

/// `POST /me/notices/reached`: what nothing arrived at works again, its owner says.
pub async fn reached(visitor: Visitor, site: Data<Site>, _: Submitted) -> Result<HttpResponse, Failure> {
    let citizen = citizen(&visitor)?;
    let work = move |c: &mut Conn| {
        outlets::work_again(c, citizen)?;
        accounts::reached_anywhere(c, citizen)
    };
    site.db.tx(work).await?;
    Ok(see_other(&format!("{INBOX}?said=saved")))
}

/// `POST /me/notices/choices`
pub async fn choices(
    visitor: Visitor,
    site: Data<Site>,
    sent: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let citizen = citizen(&visitor)?;
    let (from, until) = (minute(sent.get("quiet_from")), minute(sent.get("quiet_until")));
    let gathered = Some(sent.get("gathered_at")).filter(|typed| !typed.is_empty());
    let gathered_at = gathered.and_then(minute);
    let now = site.clock.now();
    let read = move |c: &mut Conn| {
        Ok::<_, DbError>((spots::of(c, citizen)?, principal_pages::principals(c, now, citizen)?))
    };
    let (there, principals) = site.db.read(read).await?;
    let mut chosen = Vec::new();
    for topic in Topic::ALL.into_iter().filter(|topic| topic.may_be_chosen()) {
        // Of what they do not have nothing was asked.
        for carrier in offered(&there) {
            chosen.push((topic, carrier, sent.all(topic.tag()).any(|tag| tag == carrier.tag())));
        }
    }
    let understood = gathered.is_none() || gathered_at.is_some();
    if let (Some(from), Some(until), true) = (from, until, understood) {
        let times = (Quiet { from, until }, gathered_at);
        site.db.tx(move |c: &mut Conn| manners::choose(c, citizen, times, &chosen)).await?;
        return Ok(Either::Left(see_other(&format!("{INBOX}?said=saved"))));
    }
    let t = visitor.texts();
    let manners = Manners::chosen(&chosen);
    let typed = |name: &str| sent.get(name).to_owned();
    let typed = (typed("quiet_from"), typed("quiet_until"), typed("gathered_at"));
    let mut view = view(&visitor, &site, (&manners, &there, &principals), typed)?;
    let judged = [
        (&mut view.quiet_from, from.is_some()),
        (&mut view.quiet_until, until.is_some()),
        (&mut view.gathered_at, understood),
    ];
    for (field, right) in judged {
        if !right {
            field.error = Some(t.wrong_time().to_owned());
        }
    }
    Ok(Either::Right(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)))
}
