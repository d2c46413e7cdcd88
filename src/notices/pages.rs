//! `/me/notices`: the inbox; ending mails from within one; what could not be delivered.

use std::{cmp::Reverse, collections::BTreeSet, sync::Arc};

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};

use super::{
    again::{self, Undelivered},
    inbox::{self, Notice, WentTo},
    model::{Carrier, NoticeId, Principal},
    stop::Stop,
    views::{DeskView, NoticeLine, NoticeView, NoticesView, StopView, UndeliveredLine, WayLine},
};
use crate::{
    accounts::staff::{Act, Branch, Member, StaffError, may, pages::present_member, record},
    db::Conn,
    ledger::{self, CitizenId},
    platform::{Moment, Texts, clock::CITY_ZONE},
    web::{
        Failure, Page, Part, Site, Submitted, Visitor,
        frame::{Choice, Field, Pager},
        query, see_other,
        session::Realm,
        sheet,
    },
};

pub(super) const INBOX: &str = "/me/notices";
const AT_ONCE: usize = 20;

pub(super) fn citizen(visitor: &Visitor) -> Result<CitizenId, Failure> {
    let session = visitor.session(Realm::Citizen).ok_or(Failure::Refused)?;
    Ok(CitizenId::from(session.signed.subject))
}

/// For whom a matter is that is not the reader's own.
fn of_other(t: Texts, principal: Option<Principal>) -> Option<&'static str> {
    match principal {
        Some(Principal::Person(_)) => Some(t.notice_of_person()),
        Some(Principal::Company(_)) => Some(t.notice_of_company()),
        None => None,
    }
}

fn line(t: Texts, notice: &Notice) -> NoticeLine {
    NoticeLine {
        url: format!("{INBOX}/{}", notice.id),
        title: notice.shown.title.clone(),
        said: notice.said_at.with_timezone(&CITY_ZONE).naive_local(),
        read: notice.read,
        by_law: notice.shown.by_law,
        of_other: of_other(t, notice.principal),
    }
}

pub async fn notices(visitor: Visitor, site: Data<Site>, request: HttpRequest) -> Result<Page, Failure> {
    let citizen = citizen(&visitor)?;
    let page = query(&request, "page").and_then(|page| page.parse::<usize>().ok()).unwrap_or(1).max(1);
    let part = (
        i64::try_from((page - 1).saturating_mul(AT_ONCE)).unwrap_or(i64::MAX),
        i64::try_from(AT_ONCE).unwrap_or(i64::MAX),
    );
    let (t, city, ring) = (visitor.texts(), visitor.frame().city, Arc::clone(&site.keys));
    let (found, all, unread) = site
        .db
        .read(move |c| {
            let (found, all) = inbox::list(c, &ring, &ledger::own(citizen), (t, &city), part)?;
            Ok::<_, ledger::LedgerError>((found, all, inbox::unread(c, citizen)?))
        })
        .await?;
    let all = usize::try_from(all).unwrap_or_default();
    let said = match query(&request, "said").as_deref() {
        Some("read") => Some(("ok", t.notices_said_read().to_owned())),
        Some("saved") => Some(("ok", t.notices_said_saved().to_owned())),
        _ => None,
    };
    Page::new(&NoticesView {
        csrf: visitor.form_token(&site)?,
        said,
        unread: usize::try_from(unread).unwrap_or_default(),
        notices: found.iter().map(|notice| line(t, notice)).collect(),
        pager: Pager { page, pages: all.div_ceil(AT_ONCE), base: format!("{INBOX}?page=") },
        frame: visitor.frame(),
    })
}

/// `POST /me/notices/read`: all of them.
pub async fn read_all(visitor: Visitor, site: Data<Site>, _: Submitted) -> Result<HttpResponse, Failure> {
    let (citizen, now) = (citizen(&visitor)?, site.clock.now());
    site.db.tx(move |c: &mut Conn| inbox::read_all(c, now, citizen)).await?;
    Ok(see_other(&format!("{INBOX}?said=read")))
}

/// `GET /me/notices/{id}`
pub async fn notice(visitor: Visitor, site: Data<Site>, id: Path<String>) -> Result<Page, Failure> {
    let citizen = citizen(&visitor)?;
    let id: NoticeId = id.parse().map_err(|_| Failure::NotFound)?;
    let (t, city, ring, now) =
        (visitor.texts(), visitor.frame().city, Arc::clone(&site.keys), site.clock.now());
    let read = move |c: &mut Conn| inbox::read(c, &ring, now, &ledger::own(citizen), id, (t, &city));
    let (notice, ways) = site.db.tx(read).await?.ok_or(Failure::NotFound)?;
    let way =
        |way: WentTo| WayLine { channel: t.notice_channel(way.channel.as_str()), stands: way_word(t, &way) };
    Page::new(&NoticeView {
        title: notice.shown.title,
        text: notice.shown.text,
        path: notice.shown.path,
        said: notice.said_at.with_timezone(&CITY_ZONE).naive_local(),
        by_law: notice.shown.by_law,
        of_other: of_other(t, notice.principal),
        ways: ways.into_iter().map(way).collect(),
        frame: visitor.frame(),
    })
}

/// Where a way stands, in words. Why a machine outside refused is for the operator.
fn way_word(t: Texts, way: &WentTo) -> String {
    match (way.state.as_str(), way.reason.as_deref(), way.arrived_at) {
        ("suppressed", Some(reason), _) => t.notice_suppressed(reason),
        ("sent", _, Some(_)) => t.notice_way("arrived"),
        (state, ..) => t.notice_way(state),
    }
}

/// `GET /notices/stop/{token}`: asks once more. Programs that follow every link in a mail change nothing.
pub async fn stop_page(visitor: Visitor, site: Data<Site>, token: Path<String>) -> Result<Page, Failure> {
    let stop = Stop::read(&site.keys, &token).ok_or(Failure::NotFound)?;
    stop_view(&visitor, stop, &token, false)
}

/// `POST`: from that page, or from the reader's mail program, which knows nobody's session.
pub async fn stop(visitor: Visitor, site: Data<Site>, token: Path<String>) -> Result<Page, Failure> {
    let stop = Stop::read(&site.keys, &token).ok_or(Failure::NotFound)?;
    site.db.tx(move |c| stop.keep(c)).await?;
    stop_view(&visitor, stop, &token, true)
}

fn stop_view(visitor: &Visitor, stop: Stop, token: &str, done: bool) -> Result<Page, Failure> {
    let topic = visitor.texts().notice_topic(stop.tag());
    Page::new(&StopView { topic, action: format!("/notices/stop/{token}"), done, frame: visitor.frame() })
}

/// An administrator of the whole city.
async fn administrator(visitor: &Visitor, site: &Site) -> Result<Member, Failure> {
    let (member, signed) = present_member(visitor, site).await?;
    may(&signed, Act::Approve, &Branch::city())?;
    Ok(member)
}

/// In which order what did not arrive is listed. A word that nobody knows asks for the usual.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Channel,
    Count,
    Latest,
}

impl Sort {
    const ALL: [Self; 3] = [Self::Channel, Self::Count, Self::Latest];

    fn named(tag: &str) -> Self {
        Self::ALL.into_iter().find(|sort| sort.tag() == tag).unwrap_or(Self::Channel)
    }

    const fn tag(self) -> &'static str {
        match self {
            Self::Channel => "channel",
            Self::Count => "count",
            Self::Latest => "latest",
        }
    }
}

/// What is asked for of it. A channel of which nothing is there asks for all.
struct Wanted {
    sort: Sort,
    channel: String,
}

impl Wanted {
    fn of(asked: impl Fn(&str) -> String) -> Self {
        Self { sort: Sort::named(&asked("sort")), channel: asked("channel") }
    }

    fn pairs(&self) -> Vec<(&'static str, String)> {
        vec![("channel", self.channel.clone()), ("sort", self.sort.tag().to_owned())]
    }

    fn fields(&self, t: Texts, channels: &BTreeSet<String>) -> Vec<Field> {
        let every = Choice::new("", t.quality_everything(), !channels.contains(&self.channel));
        let channel =
            |tag: &String| Choice::new(tag.as_str(), t.notice_channel(tag.as_str()), *tag == self.channel);
        let channels = std::iter::once(every).chain(channels.iter().map(channel)).collect();
        let sort = |one: Sort| Choice::new(one.tag(), t.notices_desk_sort(one.tag()), one == self.sort);
        vec![
            Field::new("channel", t.notices_desk_head("channel")).choices(channels),
            Field::new("sort", t.audit_order()).choices(Sort::ALL.map(sort).into()),
        ]
    }
}

/// What could not be delivered lately, in words; and by which channels anything was not.
async fn undelivered(
    site: &Site,
    t: Texts,
    wanted: &Wanted,
) -> Result<(Vec<UndeliveredLine>, BTreeSet<String>), Failure> {
    let now = site.clock.now();
    let mut found = site.db.read(move |c| again::undelivered(c, now)).await?;
    let channels: BTreeSet<String> = found.iter().map(|one| one.channel.clone()).collect();
    if channels.contains(&wanted.channel) {
        found.retain(|one| one.channel == wanted.channel);
    }
    match wanted.sort {
        // As they are read.
        Sort::Channel => {}
        Sort::Count => found.sort_by_key(|one| Reverse(one.count)),
        Sort::Latest => found.sort_by_key(|one| Reverse(one.last)),
    }
    let local = |at: Moment| at.with_timezone(&CITY_ZONE).naive_local();
    let line = |one: Undelivered| UndeliveredLine {
        may_go_again: one.may_go_again(),
        words: if one.may_go_again() { one.reason.clone() } else { t.notices_desk_undelivered().to_owned() },
        channel: one.channel,
        reason: one.reason,
        count: one.count,
        first: one.first.map(local),
        last: one.last.map(local),
    };
    Ok((found.into_iter().map(line).collect(), channels))
}

/// `GET /admin/notices`: what could not be delivered lately, by channel and reason.
pub async fn desk(visitor: Visitor, site: Data<Site>, request: HttpRequest) -> Result<Page, Failure> {
    administrator(&visitor, &site).await?;
    let (t, wanted) = (visitor.texts(), Wanted::of(|name| query(&request, name).unwrap_or_default()));
    let (lines, channels) = undelivered(&site, t, &wanted).await?;
    let (part, all, hidden) = (Part::asked(&request, AT_ONCE), lines.len(), wanted.pairs());
    let taken = query(&request, "again").and_then(|count| count.parse::<u64>().ok());
    Page::new(&DeskView {
        said: taken.map(|count| ("ok", t.notices_desk_again_said(count))),
        csrf: visitor.form_token(&site)?,
        filters: wanted.fields(t, &channels),
        lines: part.of(lines),
        pager: part.pager(all, "/admin/notices", &hidden),
        hidden,
        frame: visitor.frame(),
    })
}

/// `POST /admin/notices.csv`: the same list as a file. That somebody took it away is on record.
pub async fn export_undelivered(
    visitor: Visitor,
    site: Data<Site>,
    sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let by = administrator(&visitor, &site).await?.id;
    let (t, now) = (visitor.texts(), site.clock.now());
    let (lines, _) = undelivered(&site, t, &Wanted::of(|name| sent.get(name).to_owned())).await?;
    let detail = format!("notices: {}", lines.len());
    site.db.tx(move |c: &mut Conn| record(c, now, Some(by), by, "exported", &detail)).await?;
    let heads = ["channel", "reason", "count", "first", "last"].map(|head| t.notices_desk_head(head));
    let row = |line: UndeliveredLine| {
        vec![
            t.notice_channel(line.channel.as_str()),
            line.words,
            line.count.to_string(),
            line.first.map(|at| at.to_string()).unwrap_or_default(),
            line.last.map(|at| at.to_string()).unwrap_or_default(),
        ]
    };
    sheet("notices", std::iter::once(Vec::from(heads)).chain(lines.into_iter().map(row)))
}

/// `POST /admin/notices`: those of one channel and reason once more. Who said so is on record.
pub async fn send_again(
    visitor: Visitor,
    site: Data<Site>,
    sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let member = administrator(&visitor, &site).await?;
    let channel = Carrier::named(sent.get("channel")).map(Carrier::tag).ok_or(Failure::NotFound)?;
    let (now, reason) = (site.clock.now(), sent.get("reason").to_owned());
    let again = move |c: &mut Conn| {
        let taken = again::send_again(c, now, (channel, &reason))?;
        let detail = format!("{channel}: {reason}: {taken}");
        record(c, now, Some(member.id), member.id, "notices-again", &detail)?;
        Ok::<_, StaffError>(taken)
    };
    let taken = site.db.tx(again).await?;
    Ok(see_other(&format!("/admin/notices?again={taken}")))
}
