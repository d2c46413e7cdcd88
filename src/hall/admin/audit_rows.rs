//! The records of what staff did, read for `/admin/audit`: each kept by its room, all shown alike.

use std::collections::HashMap;

use super::{
    audit::{Filter, Source},
    local,
};
use crate::{
    accounts::staff::{
        Branch,
        audit::{self as record_of_staff, logins, people_of},
        views::history_words,
    },
    agencies::{releases::log, views::words::act_name as package_act},
    db::{Conn, DbError, Stretch},
    gateway::{incidents, views::act_name as backend_act},
    hall::views::AuditRow,
    ledger::{self, Purpose, StaffId},
    platform::Texts,
};

/// A part of a list, and how much there is in all.
type Rows = Result<(Vec<AuditRow>, i64), DbError>;

/// The rows of a part of the list, and how many there are in all.
pub(super) fn read(c: &mut Conn, t: Texts, filter: &Filter, of: (i64, i64)) -> Rows {
    let stretch = filter.stretch(of);
    // Of the whole city everything is shown, also what was done from the command line and by itself.
    let everybody = filter.branch == Branch::city() && filter.who().is_none();
    let people = if everybody || filter.source == Source::Packages {
        Vec::new()
    } else {
        people_of(c, &filter.branch, filter.who())?
    };
    let ids: Vec<StaffId> = people.iter().map(|(id, _)| *id).collect();
    let ids = (!everybody).then_some(ids.as_slice());
    match filter.source {
        Source::Staff => of_staff(c, t, (ids, filter.act()), &stretch),
        Source::Looks => of_looks(c, t, (ids, filter.act()), &stretch),
        Source::Packages => of_packages(c, t, filter, &stretch),
        Source::Backends => {
            let names: Vec<String> = people.into_iter().map(|(_, login)| login).collect();
            of_backends(c, t, ((!everybody).then_some(names.as_slice()), filter.act()), &stretch)
        }
    }
}

/// The name and the branch of whoever it was; nobody is the command line, or the portal itself.
fn person(t: Texts, known: &HashMap<StaffId, (String, Branch)>, who: Option<StaffId>) -> (String, String) {
    match who.map(|who| known.get(&who)) {
        Some(Some((login, branch))) => (login.clone(), branch.to_string()),
        Some(None) => (t.audit_unknown().to_owned(), String::new()),
        None => (t.audit_nobody().to_owned(), String::new()),
    }
}

fn of_staff(
    c: &mut Conn,
    t: Texts,
    (people, act): (Option<&[StaffId]>, Option<&str>),
    stretch: &Stretch,
) -> Rows {
    let (done, all) = record_of_staff::done(c, people, act, stretch)?;
    let mut named: Vec<StaffId> =
        done.iter().flat_map(|one| one.by.into_iter().chain([one.subject])).collect();
    named.sort_unstable();
    named.dedup();
    let known = logins(c, &named)?;
    let row = |one: record_of_staff::Done| {
        let (who, branch) = person(t, &known, one.by);
        AuditRow {
            at: local(one.at()),
            who,
            branch,
            act: history_words(t, &one.act).to_owned(),
            about: person(t, &known, Some(one.subject)).0,
            words: one.detail,
        }
    };
    Ok((done.into_iter().map(row).collect(), all))
}

fn of_looks(
    c: &mut Conn,
    t: Texts,
    (people, purpose): (Option<&[StaffId]>, Option<&str>),
    stretch: &Stretch,
) -> Rows {
    let (looks, all) = ledger::by_staff(c, people, purpose.and_then(Purpose::named), stretch)?;
    let mut named: Vec<StaffId> = looks.iter().filter_map(|look| look.by).collect();
    named.sort_unstable();
    named.dedup();
    let known = logins(c, &named)?;
    let row = |look: ledger::StaffLook| {
        let (who, branch) = person(t, &known, look.by);
        let fields: Vec<String> = look.fields.iter().map(|field| t.data_field(field.as_str())).collect();
        AuditRow {
            at: local(look.at),
            who,
            branch,
            act: t.look_purpose(look.purpose.map_or("other", Purpose::tag)),
            about: t.audit_somebody().to_owned(),
            words: fields.join(t.list_comma()),
        }
    };
    Ok((looks.into_iter().map(row).collect(), all))
}

fn of_packages(c: &mut Conn, t: Texts, filter: &Filter, stretch: &Stretch) -> Rows {
    let (done, all) = log::lines(c, &filter.branch, (filter.who(), filter.act()), stretch)?;
    let row = |one: log::Logged| AuditRow {
        at: local(one.at()),
        act: package_act(t, &one.act).to_owned(),
        who: one.by,
        branch: one.branch,
        about: one.slug,
        words: one.words,
    };
    Ok((done.into_iter().map(row).collect(), all))
}

fn of_backends(
    c: &mut Conn,
    t: Texts,
    (people, act): (Option<&[String]>, Option<&str>),
    stretch: &Stretch,
) -> Rows {
    let act = act.and_then(|act| incidents::Act::ALL.into_iter().find(|one| one.tag() == act));
    let (done, all) = incidents::lines(c, (people, act), stretch)?;
    let row = |one: incidents::Logged| AuditRow {
        at: local(one.at()),
        act: one.act().map_or_else(String::new, |act| backend_act(t, act).to_owned()),
        who: if one.by_whom.is_empty() { t.audit_nobody().to_owned() } else { one.by_whom.clone() },
        branch: String::new(),
        about: one
            .capability
            .as_ref()
            .map_or_else(|| one.agency.clone(), |what| format!("{} {what}", one.agency)),
        words: one.reason,
    };
    Ok((done.into_iter().map(row).collect(), all))
}
