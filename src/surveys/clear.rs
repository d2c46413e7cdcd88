//! What people wrote is deleted a while after the last day, and files that were put there and never sent as soon as it is
//! over. The counts stay.

use actix_web::web::Data;
use chrono::NaiveDate;
use diesel::{
    dsl::{exists, not},
    prelude::*,
};
use serde::{Deserialize, Serialize};

use super::{SurveyId, model::last_cleared};
use crate::{
    db::{
        Conn, DbError, Stamp,
        schema::{survey_answers, survey_files, survey_marks, survey_unnamed, surveys},
    },
    jobs::{Done, Failure, Job, Priority, Running},
    platform::clock::city_day,
    web::Site,
};

/// So many surveys are cleared in one go; the next go has the rest.
const MOST: i64 = 20;

/// Deletes the answers whose time is over.
#[derive(Debug, Serialize, Deserialize)]
pub struct Clear;

impl Job for Clear {
    const KIND: &'static str = "surveys.clear";
    const PRIORITY: Priority = Priority::Low;

    fn key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// Runs [`Clear`].
pub async fn clear(site: Data<Site>, running: Running) -> Result<Done, Failure> {
    let now = site.clock.now();
    running
        .finish(move |c: &mut Conn| {
            let due: Vec<SurveyId> = surveys::table
                .filter(surveys::closes_on.lt(last_cleared(city_day(now))))
                .filter(surveys::cleared_at.is_null())
                .order(surveys::closes_on)
                .limit(MOST)
                .select(surveys::id)
                .load(c)?;
            diesel::delete(survey_files::table.filter(survey_files::survey_id.eq_any(&due))).execute(c)?;
            diesel::delete(survey_answers::table.filter(survey_answers::survey_id.eq_any(&due)))
                .execute(c)?;
            diesel::delete(survey_unnamed::table.filter(survey_unnamed::survey_id.eq_any(&due)))
                .execute(c)?;
            diesel::delete(survey_marks::table.filter(survey_marks::survey_id.eq_any(&due))).execute(c)?;
            diesel::update(surveys::table.filter(surveys::id.eq_any(&due)))
                .set(surveys::cleared_at.eq(Some(Stamp::from(now))))
                .execute(c)?;
            unsent(c, city_day(now))
        })
        .await
}

/// Files of surveys that are over, of people who did not answer.
fn unsent(c: &mut Conn, today: NaiveDate) -> Result<(), DbError> {
    let over = surveys::table
        .filter(surveys::id.eq(survey_files::survey_id))
        .filter(surveys::ended_at.is_not_null().or(surveys::closes_on.lt(today)));
    let answered = survey_answers::table
        .filter(survey_answers::citizen_id.eq(survey_files::citizen_id))
        .filter(survey_answers::survey_id.eq(survey_files::survey_id));
    let unsent = survey_files::table.filter(exists(over)).filter(not(exists(answered)));
    diesel::delete(unsent).execute(c)?;
    Ok(())
}
