//! `/agency/health` and `/admin/agencies/{slug}/health`: how an agency's backend does, in plain words.

use std::collections::BTreeMap;

use actix_web::{
    HttpRequest,
    web::{Data, Path},
};
use chrono::TimeDelta;
use yimen_contract::{
    agency::{Agency, Driver},
    capability::Capability,
};

use super::{administrator, proposals::url_of};
use crate::{
    accounts::staff::Act,
    agencies::{
        self, InstallError,
        expiry::{self, Ending},
        pages::{Chosen, Reader},
        views::{BackendTab, EndingLine, backend_tabs},
    },
    db::{Conn, DbError},
    gateway::{
        Gateway, LineState,
        events::{self, Counted},
        grave::{self, Proposal},
        incidents::{self, Incident},
        log::{self, Class, Matter, Speed, Tally},
        maintenance::{self, Maintenance},
        outages::{self, Outage},
        rounds::{self, Became, Round},
        sanctions::{self, Sanction},
        suspension::{self, Suspension},
        views::{
            ActLine, CapabilityLine, EventLine, FaultLine, FileLine, HealthView, PlaceLine, PlannedLine,
            SanctionLine, SuspensionLine, act_name, class_name, event_name, grade_about, grade_name, hours,
            line_words, local, matter_name, round_name,
        },
    },
    platform::{Moment, Texts, named},
    web::{
        Failure, Page, Site, Visitor,
        frame::{Tab, Text},
        query,
    },
};

/// Over which time the page looks back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Over {
    Hour,
    Day,
    Week,
}

impl Over {
    const ALL: [Self; 3] = [Self::Hour, Self::Day, Self::Week];

    fn asked(request: &HttpRequest) -> Self {
        let asked = query(request, "over");
        Self::ALL.into_iter().find(|over| asked.as_deref() == Some(over.tag())).unwrap_or(Self::Day)
    }

    const fn tag(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
        }
    }

    const fn lasting(self) -> TimeDelta {
        match self {
            Self::Hour => TimeDelta::hours(1),
            Self::Day => TimeDelta::days(1),
            Self::Week => TimeDelta::days(7),
        }
    }

    fn name(self, t: Texts) -> &'static str {
        match self {
            Self::Hour => t.health_over_hour(),
            Self::Day => t.health_over_day(),
            Self::Week => t.health_over_week(),
        }
    }
}

/// `GET /agency/health`
pub async fn health(
    visitor: Visitor,
    site: Data<Site>,
    gateway: Data<Gateway>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let reader = Reader::of(&visitor, &site).await?;
    let title = visitor.texts().health_title();
    match reader.choose((&visitor, &site), &request, title).await? {
        Chosen::One(slug) => page(&visitor, &site, &gateway, (&request, &reader), (slug, false)).await,
        Chosen::Among(page) => Ok(page),
    }
}

/// `GET /admin/agencies/{slug}/health`
pub async fn admin_health(
    visitor: Visitor,
    site: Data<Site>,
    gateway: Data<Gateway>,
    request: HttpRequest,
    slug: Path<String>,
) -> Result<Page, Failure> {
    let (reader, slug) = administrator(&visitor, &site, &slug).await?;
    page(&visitor, &site, &gateway, (&request, &reader), (slug, true)).await
}

/// Everything that is known of an agency's backend.
struct Known {
    agency: Agency,
    tallies: Vec<Tally>,
    speeds: BTreeMap<String, Speed>,
    outage: Option<Outage>,
    planned: Vec<Maintenance>,
    suspensions: Vec<Suspension>,
    sanctions: Vec<Sanction>,
    proposed: Option<Proposal>,
    incidents: Vec<Incident>,
    rounds: Vec<Round>,
    ending: Vec<Ending>,
    events: Vec<Counted>,
}

fn known(c: &mut Conn, now: Moment, slug: &str, since: Moment) -> Result<Known, InstallError> {
    Ok(Known {
        agency: agencies::agency(c, slug)?.package.agency,
        tallies: log::tallies(c, slug, since)?,
        speeds: log::speeds(c, slug, since)?,
        outage: outages::of(c, now, slug)?,
        planned: maintenance::planned(c, now, slug)?,
        suspensions: suspension::of(c, slug)?,
        sanctions: sanctions::of(c, slug)?,
        proposed: grave::waiting_of(c, slug)?,
        incidents: incidents::latest(c, slug, 20)?,
        rounds: rounds::latest(c, slug, 10)?,
        ending: expiry::ending(c, now, slug)?,
        events: events::counted(c, slug, since)?,
    })
}

async fn page(
    visitor: &Visitor,
    site: &Site,
    gateway: &Gateway,
    (request, reader): (&HttpRequest, &Reader),
    (slug, admin): (String, bool),
) -> Result<Page, Failure> {
    let (t, now, over) = (visitor.texts(), site.clock.now(), Over::asked(request));
    let asked = slug.clone();
    let since = now - over.lasting();
    let known = site.db.read(move |c| known(c, now, &asked, since)).await.map_err(failure)?;
    let line = gateway.line(&slug);
    let files = (known.agency.backend.driver == Driver::Csv)
        .then(|| known.rounds.iter().map(|round| file_line(t, round)).collect());
    Page::new(&HealthView {
        csrf: visitor.form_token(site)?,
        said: said(t, request),
        name: Text::of(t, &known.agency.name),
        tabs: backend_tabs(t, BackendTab::Health, &slug),
        over: over_tabs(t, over, &slug, admin),
        admin,
        answers: !admin && reader.may(Act::Integrate, &slug),
        outage: known.outage.as_ref().map(|outage| {
            let (by, reason) = (outage.by_whom.as_str(), outage.reason.as_str());
            let words = t.health_outage_by(named::By(by), named::Reason(reason));
            (words, outage.until().map(local))
        }),
        suspensions: known.suspensions.iter().map(|one| suspension_line(t, one)).collect(),
        sanctions: known.sanctions.iter().map(|one| sanction_line(t, now, one)).collect(),
        // Nobody at the agency hears of it before it is decided.
        proposed: known.proposed.as_ref().filter(|_| admin).map(|one| proposed(t, one)),
        ending: known.ending.iter().map(|one| EndingLine::of(t, one)).collect(),
        line: line_words(t, line),
        line_bad: line.is_some_and(LineState::is_bad),
        places: line.map(|line| t.health_places_of(named::All(line.places), named::Taken(line.taken))),
        capabilities: capabilities(t, &known),
        hours: known.agency.backend.closed.iter().map(|span| hours(t, span)).collect(),
        planned: known.planned.iter().map(|one| planned_line(t, now, one)).collect(),
        files,
        events: known.events.iter().map(|one| event_line(t, one)).collect(),
        acts: known.incidents.iter().filter_map(|one| act_line(t, one)).collect(),
        slug,
        frame: visitor.frame(),
    })
}

fn said(t: Texts, request: &HttpRequest) -> Option<(&'static str, &'static str)> {
    match query(request, "said")?.as_str() {
        "outage" => Some(("ok", t.health_said_outage())),
        "outage-over" => Some(("ok", t.health_said_outage_over())),
        "suspended" => Some(("ok", t.health_said_suspended())),
        "resumed" => Some(("ok", t.health_said_resumed())),
        "sanction" => Some(("ok", t.health_said_sanction())),
        "lifted" => Some(("ok", t.health_said_lifted())),
        "sanction-asked" => Some(("ok", t.health_said_sanction_asked())),
        "sanction-refused" => Some(("ok", t.health_said_sanction_refused())),
        "sanction-withdrawn" => Some(("ok", t.health_said_sanction_withdrawn())),
        "sanction-decided" => Some(("warn", t.health_said_sanction_decided())),
        "sanction-own" => Some(("warn", t.sanction_own())),
        "sanction-stale" => Some(("warn", t.health_said_sanction_stale())),
        "answered" => Some(("ok", t.health_said_answered())),
        _ => None,
    }
}

fn over_tabs(t: Texts, current: Over, slug: &str, admin: bool) -> Vec<Tab> {
    let path = if admin {
        format!("/admin/agencies/{slug}/health?")
    } else {
        format!("/agency/health?agency={slug}&")
    };
    let tab = |over: Over| Tab {
        label: over.name(t).to_owned(),
        url: format!("{path}over={}", over.tag()),
        count: None,
        current: over == current,
    };
    Over::ALL.map(tab).to_vec()
}

/// Every capability that is declared or was asked, with how it did.
fn capabilities(t: Texts, known: &Known) -> Vec<CapabilityLine> {
    // What is declared for one service only is the same kind of question.
    let declared = known.agency.capabilities.keys().map(|key| key.split('@').next().unwrap_or(key));
    let asked = known.tallies.iter().map(|tally| tally.capability.as_str());
    let names: std::collections::BTreeSet<&str> = declared.chain(asked).collect();
    let mut lines: Vec<CapabilityLine> =
        names.into_iter().map(|name| capability_line(t, known, name)).collect();
    let most = lines.iter().map(|line| line.calls).max().unwrap_or(0).max(1);
    for (at, line) in lines.iter_mut().enumerate() {
        line.y = at * 24 + 4;
        let bad: i64 = line.calls - line.answered;
        line.good = line.answered * 100 / most;
        line.bad = bad * 100 / most;
        // Whatever is there can be seen.
        if bad > 0 {
            line.bad = line.bad.max(1);
        }
    }
    lines
}

fn capability_line(t: Texts, known: &Known, name: &str) -> CapabilityLine {
    let tallies: Vec<&Tally> = known.tallies.iter().filter(|tally| tally.capability == name).collect();
    let sum = |wanted: fn(Class) -> bool| -> i64 {
        let of = |tally: &&&Tally| tally.class().is_some_and(wanted);
        tallies.iter().filter(of).map(|tally| tally.calls).sum()
    };
    let faults = tallies.iter().filter_map(|tally| {
        let class = tally.class().filter(|class| !class.is_answer())?;
        Some(FaultLine { name: class_name(t, class).to_owned(), calls: tally.calls })
    });
    let answers = tallies.iter().filter(|tally| tally.class().is_some_and(Class::is_answer));
    let speed = known.speeds.get(name);
    let matter = Capability::named(name).map_or(Matter::Lookup, Matter::of);
    CapabilityLine {
        matter: matter_name(t, matter),
        capability: name.to_owned(),
        calls: sum(Class::is_call),
        answered: sum(Class::is_answer),
        faults: faults.collect(),
        p50: speed.map(|speed| speed.p50),
        p95: speed.map(|speed| speed.p95),
        last: answers.filter_map(|tally| tally.last()).max().map(local),
        suspended: known.suspensions.iter().any(|one| one.capability == name),
        y: 0,
        good: 0,
        bad: 0,
    }
}

fn suspension_line(t: Texts, one: &Suspension) -> SuspensionLine {
    let matter = Capability::named(&one.capability).map_or(Matter::Lookup, Matter::of);
    SuspensionLine {
        capability: one.capability.clone(),
        title: t.health_suspended(matter_name(t, matter)),
        since: local(one.since()),
        words: if one.by_rule() {
            t.health_suspended_by_rule(named::Calls(one.calls), named::Faults(one.faults))
        } else {
            t.health_suspended_by(named::By(one.by_whom.as_str()), named::Reason(one.reason.as_str()))
        },
    }
}

fn proposed(t: Texts, one: &Proposal) -> (String, String) {
    let (by, grade) = (one.proposed_by.as_str(), grade_name(t, one.grade()));
    (t.sanction_proposed(named::By(by), named::Grade(grade)), url_of(one))
}

fn sanction_line(t: Texts, now: Moment, one: &Sanction) -> SanctionLine {
    let answered = one.answer.clone().zip(one.answered_by.clone()).zip(one.answered_at());
    let lifted = one.lifted_reason.clone().zip(one.lifted_by.clone()).zip(one.lifted_at());
    SanctionLine {
        id: one.id.to_string(),
        grade: grade_name(t, one.grade()),
        about: grade_about(t, one.grade()),
        in_force: one.is_in_force(now),
        at_once: one.at_once,
        reason: one.reason.clone(),
        by: one.imposed_by.clone(),
        at: local(one.imposed_at()),
        ends_at: one.ends_at().map(local),
        answer: answered.map(|((words, by), at)| (words, by, local(at))),
        lifted: lifted.map(|((words, by), at)| (words, by, local(at))),
    }
}

pub(super) fn planned_line(t: Texts, now: Moment, one: &Maintenance) -> PlannedLine {
    PlannedLine {
        id: one.id.to_string(),
        from: local(one.from()),
        to: one.to().map(local),
        reason: Text::of(t, &one.reason()),
        by: one.announced_by.clone(),
        now: one.from() <= now,
        asks: one.asks(now),
    }
}

fn file_line(t: Texts, round: &Round) -> FileLine {
    let places = round.places().iter().map(|place| PlaceLine {
        line: place.line,
        column: place.column.clone(),
        words: format!("{} {}", place.problem, place.remedy),
    });
    FileLine {
        file: round.file.clone(),
        became: round_name(t, round.became()),
        good: round.became() == Became::Taken && round.left_out == 0,
        lines: round.lines,
        left_out: round.left_out,
        at: local(round.at()),
        places: places.collect(),
    }
}

fn event_line(t: Texts, one: &Counted) -> EventLine {
    EventLine {
        kind: one.kind.clone(),
        state: event_name(t, &one.state).to_owned(),
        bad: one.state == "refused",
        count: one.count,
    }
}

fn act_line(t: Texts, one: &Incident) -> Option<ActLine> {
    Some(ActLine {
        what: act_name(t, one.act()?),
        capability: one.capability.clone(),
        by: (!one.by_whom.is_empty()).then(|| one.by_whom.clone()),
        reason: one.reason.clone(),
        at: local(one.at()),
    })
}

fn failure(error: InstallError) -> Failure {
    match error {
        InstallError::Db(error) => error.into(),
        InstallError::Unknown(_) => Failure::NotFound,
        error => Failure::broken(DbError::Conflict(error.to_string())),
    }
}
