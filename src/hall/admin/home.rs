//! `/admin`: what needs a person today. Everything is counted in one read, and only what the reader can do something about.

use actix_web::web::Data;
use chrono::{Datelike as _, NaiveDate};

use crate::{
    accounts::{
        acting,
        inquiries::{self, Seat},
        staff::{Act, Branch, pages::AtAgencies},
    },
    agencies::{bindings, clients, releases},
    cases::desk::ahead,
    catalogue::Shelf,
    db::Conn,
    gateway::{Gateway, grave, sanctions, suspension},
    hall::views::{AdminView, Need, NeedGroup},
    jobs,
    ledger::StaffId,
    notices, payments,
    platform::{Moment, Texts, calendar::WorkingCalendar, clock::city_day},
    policy,
    ratings::{
        RatingError,
        queries::{self as ratings, Show},
    },
    reminders,
    voice::overview::{self, Waiting as Orders},
    web::{Failure, Page, Site, Visitor, session::Realm},
};

/// From this month on the State Council's notice for the next year is to be expected.
const NOTICE_COMES: u32 = 11;

/// What the reader can do.
#[expect(clippy::struct_excessive_bools, reason = "each is something else that they may")]
struct Reader {
    at: AtAgencies,
    seat: Option<Seat>,
    /// Admits and reviews what agencies hand in, in a branch.
    approves: bool,
    /// The same for the whole city, with all that keeps to no branch.
    city: bool,
    claims: bool,
    reads: bool,
    people: bool,
}

impl Reader {
    async fn of(visitor: &Visitor, site: &Site) -> Result<Self, Failure> {
        let at = AtAgencies::of(visitor, site).await?;
        if !at.allowed_here(Act::SeePeople) {
            return Err(Failure::Refused);
        }
        let session = visitor.session(Realm::Staff).ok_or(Failure::Refused)?;
        let seat = Seat::of(at.member.clone(), &session.signed).ok().filter(|seat| !seat.only_reads());
        Ok(Self {
            seat,
            approves: at.allowed_here(Act::Approve),
            city: at.allowed(Act::Approve, &Branch::city()),
            claims: at.allowed_here(Act::Counter),
            reads: at.allowed_here(Act::Audit) || at.allowed_here(Act::Approve),
            people: at.allowed_here(Act::SeePeople),
            at,
        })
    }

    /// Whether somebody else than the reader did this.
    fn is_anothers(&self, by: &str) -> bool {
        !by.eq_ignore_ascii_case(&self.at.member.login)
    }
}

/// What waits, before it is known what of it is the reader's: agencies, and who asked.
#[derive(Default)]
struct Waiting {
    applications: Vec<(String, String)>,
    reviews: Vec<(String, String)>,
    sites: Vec<(String, String)>,
    bindings: Vec<(String, String)>,
    suspended: Vec<String>,
    /// As far as this node knows.
    failing: Vec<String>,
    answered: Vec<String>,
    /// Grave sanctions.
    proposed: Vec<(String, String)>,
    dead: i64,
    discards: i64,
    rules: i64,
    /// Answers that people did not accept, what agencies object to, and what agencies are late with.
    escalated: i64,
    appeals: i64,
    overdue: i64,
    undelivered: i64,
    /// Reminders that wait longer than any source is waited for.
    reminders: i64,
    money: i64,
    claims: i64,
    questions: i64,
    late: i64,
    orders: Orders,
    /// Applications that agencies will be late with.
    due: i64,
}

/// For whom what is counted.
struct Asked {
    member: StaffId,
    /// The agencies above which they stand.
    below: Vec<String>,
    login: String,
    seat: Option<Seat>,
    approves: bool,
    city: bool,
    claims: bool,
    /// What is due by then is due soon.
    soon: ahead::Span,
}

fn count(c: &mut Conn, now: Moment, asked: &Asked) -> Result<Waiting, RatingError> {
    let mut waiting = Waiting::default();
    if asked.approves {
        let applied = releases::waiting(c)?.into_iter();
        waiting.applications = applied.map(|one| (one.slug, one.applied_by.unwrap_or_default())).collect();
        let reviewed = releases::in_review(c)?.into_iter();
        waiting.reviews = reviewed.map(|one| (one.slug, one.uploaded_by)).collect();
        waiting.sites = clients::waiting(c)?;
        let proposed = bindings::list(c)?.into_iter().filter(|one| one.approved_at.is_none());
        waiting.bindings = proposed.map(|one| (one.agency, one.proposed_by)).collect();
        waiting.suspended = suspension::all(c)?.into_iter().map(|one| one.agency).collect();
        waiting.answered = sanctions::answered(c, now)?;
        let proposed = grave::waiting(c)?.into_iter();
        waiting.proposed = proposed.map(|one| (one.agency, one.proposed_by)).collect();
    }
    if asked.city {
        waiting.dead = jobs::dead_count(c)?;
        waiting.discards = jobs::waiting_for(c, &asked.login)?;
        waiting.rules = policy::queries::waiting_for(c, asked.member)?;
        waiting.undelivered = notices::undelivered_count(c, now)?;
        waiting.reminders = reminders::late(c, now)?;
        waiting.money = payments::left_to_staff(c)?;
        waiting.orders = overview::waiting(c, city_day(now))?;
    }
    if !asked.below.is_empty() {
        let today = city_day(now);
        let mut of = |show: Show| ratings::count(c, &asked.below, show, today);
        waiting.escalated = of(Show::Escalated)?;
        waiting.appeals = of(Show::Appeals)?;
        waiting.overdue = of(Show::Late)?;
        waiting.due = ahead::number(c, &asked.below, asked.soon)?;
    }
    if asked.claims {
        waiting.claims = acting::desk::unassigned(c, now)?;
    }
    if let Some(seat) = &asked.seat {
        waiting.questions = inquiries::waiting(c, seat)?;
        waiting.late = inquiries::late(c, seat, now)?;
    }
    Ok(waiting)
}

pub async fn admin(
    visitor: Visitor,
    (site, shelf, gateway): (Data<Site>, Data<Shelf>, Data<Gateway>),
) -> Result<Page, Failure> {
    let reader = Reader::of(&visitor, &site).await?;
    let (now, edition) = (site.clock.now(), shelf.edition()?);
    let all = edition.catalogue.agencies.iter().map(|entry| &entry.slug);
    let asked = Asked {
        member: reader.at.member.id,
        below: all.filter(|slug| reader.at.may_above(Act::AnswerAbove, slug)).cloned().collect(),
        login: reader.at.member.login.clone(),
        seat: reader.seat.clone(),
        approves: reader.approves,
        city: reader.city,
        claims: reader.claims,
        soon: ahead::span(&edition.catalogue.calendar, site.clock.today(), ahead::USUAL),
    };
    let mut waiting = site.db.read(move |c: &mut Conn| count(c, now, &asked)).await?;
    waiting.failing = gateway.bad_lines().into_iter().map(|(agency, _)| agency).collect();
    let t = visitor.texts();
    let unknown = unpublished(&edition.catalogue.calendar, site.clock.today()).filter(|_| reader.city);
    Page::new(&AdminView {
        groups: groups(t, &reader, &waiting, unknown),
        pages: pages(t, &reader),
        frame: visitor.frame(),
    })
}

/// The year of which days are counted already, although nobody has published it.
fn unpublished(calendar: &WorkingCalendar, today: NaiveDate) -> Option<i32> {
    let next = (today.month() >= NOTICE_COMES).then(|| today.year() + 1);
    [Some(today.year()), next].into_iter().flatten().find(|year| !calendar.is_published(*year))
}

fn need(words: &str, count: i64, url: &'static str) -> Need {
    Need { words: words.to_owned(), count: Some(count), url, urgent: false }
}

fn urgent(need: Need) -> Need {
    Need { urgent: true, ..need }
}

/// Only what there is any of.
fn group(id: &'static str, title: &'static str, needs: Vec<Need>) -> NeedGroup {
    let needs = needs.into_iter().filter(|need| need.count != Some(0)).collect();
    NeedGroup { id, title, needs }
}

/// What people wrote.
fn voice(t: Texts, orders: Orders) -> NeedGroup {
    let late = need(t.admin_need_orders_late(), orders.late, "/admin/voice?mark=late&sort=due");
    let needs = vec![
        urgent(late),
        need(t.admin_need_orders_returned(), orders.returned, "/admin/voice?state=returned"),
        need(t.admin_need_orders_unsatisfied(), orders.unsatisfied, "/admin/voice?mark=unsatisfied"),
    ];
    group("voice", t.admin_group_voice(), needs)
}

fn groups(t: Texts, reader: &Reader, waiting: &Waiting, unknown: Option<i32>) -> Vec<NeedGroup> {
    let whole = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let above = |all: &[(String, String)]| {
        let theirs = |(slug, by): &&(String, String)| {
            reader.at.may_above(Act::Approve, slug) && reader.is_anothers(by)
        };
        whole(all.iter().filter(theirs).count())
    };
    let within = |all: &[(String, String)]| {
        let theirs =
            |(slug, by): &&(String, String)| reader.at.may(Act::Approve, slug) && reader.is_anothers(by);
        whole(all.iter().filter(theirs).count())
    };
    let about = |all: &[String]| whole(all.iter().filter(|slug| reader.at.may(Act::Approve, slug)).count());
    let calendar = unknown.map(|year| Need {
        words: t.admin_need_calendar(year.to_string()),
        count: None,
        url: "/admin/calendar",
        urgent: false,
    });
    let mut portal = vec![
        urgent(need(t.admin_need_dead(), waiting.dead, "/admin/jobs")),
        need(t.admin_need_discards(), waiting.discards, "/admin/jobs"),
        need(t.admin_need_rules(), waiting.rules, "/admin/policy"),
        urgent(need(t.admin_need_reminders(), waiting.reminders, "/admin/balance")),
        need(t.admin_need_undelivered(), waiting.undelivered, "/admin/notices"),
        need(t.admin_need_money(), waiting.money, "/admin/payments"),
    ];
    portal.extend(calendar);
    let groups = [
        group(
            "packages",
            t.admin_group_packages(),
            vec![
                need(t.admin_need_applications(), above(&waiting.applications), "/admin/packages"),
                need(t.admin_need_reviews(), above(&waiting.reviews), "/admin/packages"),
                need(t.admin_need_sites(), within(&waiting.sites), "/agency/sites"),
                need(t.admin_need_bindings(), within(&waiting.bindings), "/agency/bindings"),
            ],
        ),
        group(
            "backends",
            t.admin_group_backends(),
            vec![
                urgent(need(t.admin_need_failing(), about(&waiting.failing), "/admin/agencies")),
                need(t.admin_need_suspended(), about(&waiting.suspended), "/admin/agencies"),
                need(t.admin_need_answered(), about(&waiting.answered), "/admin/agencies"),
                need(t.admin_need_sanctions(), within(&waiting.proposed), "/admin/sanctions"),
            ],
        ),
        group(
            "ratings",
            t.admin_group_ratings(),
            vec![
                need(t.admin_need_escalated(), waiting.escalated, "/admin/ratings?show=escalated"),
                need(t.admin_need_appeals(), waiting.appeals, "/admin/ratings?show=appeals"),
                urgent(need(t.admin_need_overdue(), waiting.overdue, "/admin/ratings?show=late")),
            ],
        ),
        voice(t, waiting.orders),
        group("portal", t.admin_group_portal(), portal),
        group(
            "people",
            t.admin_group_people(),
            vec![
                urgent(need(t.admin_need_late(), waiting.late, "/staff/requests")),
                need(t.admin_need_questions(), waiting.questions, "/staff/requests"),
                need(t.admin_need_claims(), waiting.claims, "/staff/claims"),
                need(t.admin_need_due(), waiting.due, "/admin/due"),
            ],
        ),
    ];
    groups.into_iter().filter(|group| !group.needs.is_empty()).collect()
}

/// The pages that open to the reader.
fn pages(t: Texts, reader: &Reader) -> Vec<(&'static str, &'static str)> {
    let pages = [
        (reader.approves, "/admin/packages", t.pkg_queue()),
        (reader.approves, "/admin/funnel", t.pkg_funnel()),
        (reader.approves, "/admin/ratings", t.rating_admin()),
        (reader.approves, "/admin/quality", t.quality_admin()),
        (reader.approves, "/admin/due", t.ahead_title()),
        (reader.approves, "/admin/funnel/services", t.funnel_title()),
        (reader.approves, "/admin/use", t.use_title()),
        (reader.approves, "/admin/households", t.household_figures()),
        (reader.approves, "/admin/agencies", t.admin_agencies_title()),
        (reader.approves, "/admin/sanctions", t.sanctions_all_title()),
        (reader.city, "/admin/voice", t.voice_overview_title()),
        (reader.city, "/admin/policy", t.rules_title()),
        (reader.city, "/admin/jobs", t.jobs_title()),
        (reader.city, "/admin/health", t.node_title()),
        (reader.city, "/admin/balance", t.balance_title()),
        (reader.city, "/admin/notices", t.notices_desk_title()),
        (reader.city, "/admin/payments", t.desk_payments()),
        (reader.city, "/admin/breach", t.breach_admin_title()),
        (reader.reads, "/admin/audit", t.audit_title()),
        (reader.people, "/admin/people", t.staff_people_title()),
        (reader.people, "/admin/calendar", t.calendar_title()),
    ];
    pages.into_iter().filter(|(open, ..)| *open).map(|(_, url, words)| (url, words)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_missed_when_its_notice_should_be_there() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let mut calendar = WorkingCalendar::default();
        calendar.add_span(day("2026-01-01"), day("2026-01-03"), false);
        assert_eq!(unpublished(&calendar, day("2026-10-31")), None);
        assert_eq!(unpublished(&calendar, day("2026-11-01")), Some(2027));
        assert_eq!(unpublished(&calendar, day("2027-01-01")), Some(2027));
        calendar.add_span(day("2027-01-01"), day("2027-01-03"), false);
        assert_eq!(unpublished(&calendar, day("2026-11-20")), None);
    }
}
