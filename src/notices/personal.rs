//! What notices hold about people, for the port `PersonalData`: what was said to them, and how they want to be told.

use diesel::prelude::*;

use super::{
    model::{NoticeId, Principal},
    news::News,
    outlets,
    say::CONTENT,
};
use crate::{
    db::{
        Conn, Stamp,
        schema::{notice_choices, notice_choices_for, notice_manners, notice_outlets, notice_ways, notices},
    },
    hand_over, hand_over_plain,
    ledger::{CitizenId, Joining, LedgerError, PersonalData, Private, Record, Value, Warrant},
    platform::{Lang, Moment, Texts, keys::KeyRing},
};

pub struct Inbox;

impl PersonalData for Inbox {
    fn kind(&self) -> &'static str {
        "notices"
    }

    fn tables(&self) -> &'static [&'static str] {
        &[
            "notices",
            "notice_ways",
            "notice_choices",
            "notice_choices_for",
            "notice_manners",
            "notice_outlets",
        ]
    }

    fn export(&self, c: &mut Conn, ring: &KeyRing, warrant: &Warrant) -> Result<Vec<Record>, LedgerError> {
        let citizen = warrant.citizen();
        let rows: Vec<(NoticeId, Private, Stamp, Option<Stamp>)> = notices::table
            .filter(notices::citizen_id.eq(citizen))
            .order(notices::id)
            .select((notices::id, notices::content, notices::said_at, notices::read_at))
            .load(c)?;
        let mut records = Vec::with_capacity(rows.len());
        for (_, content, said, read) in rows {
            let content = warrant.open(c, ring, CONTENT, &content)?;
            let news: News = serde_json::from_str(&content).map_err(|_| LedgerError::Sealed)?;
            let mut record = vec![
                ("at", Value::At(said.moment())),
                ("title", Value::Text(news.title(Texts::new(Lang::Zh)))),
            ];
            record.extend(read.map(|at| ("read-at", Value::At(at.moment()))));
            records.push(record);
        }
        let choices: Vec<(String, String, bool)> = notice_choices::table
            .filter(notice_choices::citizen_id.eq(citizen))
            .order((notice_choices::topic, notice_choices::channel))
            .select((notice_choices::topic, notice_choices::channel, notice_choices::wanted))
            .load(c)?;
        for (topic, channel, wanted) in choices {
            let wanted = if wanted { "yes" } else { "no" };
            records.push(vec![
                ("topic", Value::Tag(topic)),
                ("channel", Value::Tag(channel)),
                ("wanted", Value::Tag(wanted.to_owned())),
            ]);
        }
        let of_others: Vec<(String, String, bool)> = notice_choices_for::table
            .filter(notice_choices_for::citizen_id.eq(citizen))
            .order((notice_choices_for::principal, notice_choices_for::topic, notice_choices_for::channel))
            .select((notice_choices_for::topic, notice_choices_for::channel, notice_choices_for::wanted))
            .load(c)?;
        for (topic, channel, wanted) in of_others {
            let wanted = if wanted { "yes" } else { "no" };
            records.push(vec![
                ("for-another", Value::Tag("yes".to_owned())),
                ("topic", Value::Tag(topic)),
                ("channel", Value::Tag(channel)),
                ("wanted", Value::Tag(wanted.to_owned())),
            ]);
        }
        let times: Option<(i32, i32, Option<i32>)> = notice_manners::table
            .find(citizen)
            .select((notice_manners::quiet_from, notice_manners::quiet_until, notice_manners::gathered_at))
            .first(c)
            .optional()?;
        if let Some((from, until, gathered)) = times {
            let clock = |minute: i32| format!("{:02}:{:02}", minute / 60, minute % 60);
            let mut record = vec![("quiet", Value::Text(format!("{}–{}", clock(from), clock(until))))];
            record.extend(gathered.map(|minute| ("gathered-at", Value::Text(clock(minute)))));
            records.push(record);
        }
        for outlet in outlets::all(c, citizen)? {
            let name = warrant.open(c, ring, outlets::NAME, &outlet.name)?;
            records.push(vec![
                ("channel", Value::Tag(outlet.carrier().tag().to_owned())),
                ("title", Value::Text(name)),
                ("made-at", Value::At(outlet.made_at.moment())),
            ]);
        }
        Ok(records)
    }

    fn erase(&self, c: &mut Conn, _: Moment, citizen: CitizenId) -> Result<(), LedgerError> {
        diesel::delete(notice_ways::table.filter(notice_ways::citizen_id.eq(citizen))).execute(c)?;
        diesel::delete(notices::table.filter(notices::citizen_id.eq(citizen))).execute(c)?;
        diesel::delete(notice_choices::table.filter(notice_choices::citizen_id.eq(citizen))).execute(c)?;
        diesel::delete(notice_manners::table.filter(notice_manners::citizen_id.eq(citizen))).execute(c)?;
        diesel::delete(notice_outlets::table.filter(notice_outlets::citizen_id.eq(citizen))).execute(c)?;
        forget_choices(c, citizen)?;
        Ok(())
    }

    /// What the account that stays chose holds for both. Programs and browsers of the other were confirmed for that one alone.
    fn join(&self, c: &mut Conn, joining: &Joining<'_>) -> Result<(), LedgerError> {
        hand_over!(c, joining, notices, NoticeId, [content: CONTENT]);
        hand_over_plain!(c, joining, notice_ways);
        diesel::delete(notice_choices::table.filter(notice_choices::citizen_id.eq(joining.from())))
            .execute(c)?;
        diesel::delete(notice_manners::table.filter(notice_manners::citizen_id.eq(joining.from())))
            .execute(c)?;
        diesel::delete(notice_outlets::table.filter(notice_outlets::citizen_id.eq(joining.from())))
            .execute(c)?;
        // Those who act for the person hear of them as of their own again, until they choose anew.
        forget_choices(c, joining.from())?;
        Ok(())
    }
}

/// What somebody chose for the matters of others, and what others chose for theirs.
fn forget_choices(c: &mut Conn, citizen: CitizenId) -> Result<(), LedgerError> {
    diesel::delete(notice_choices_for::table.filter(notice_choices_for::citizen_id.eq(citizen)))
        .execute(c)?;
    let about = Principal::Person(citizen).tag();
    diesel::delete(notice_choices_for::table.filter(notice_choices_for::principal.eq(about))).execute(c)?;
    Ok(())
}
