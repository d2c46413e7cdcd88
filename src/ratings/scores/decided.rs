//! Decisions of a month, counted by the database: how many, how many of them in time, and how long they took.

use diesel::{
    QueryableByName,
    prelude::*,
    sql_query,
    sql_types::{BigInt, Nullable, Text, Timestamp},
};

use crate::{
    cases::life::State,
    db::{Conn, DbError, Stamp},
    each,
    platform::Moment,
};

/// What was decided of a service within some half an hour of time since it was handed in.
#[derive(Debug, QueryableByName)]
pub(super) struct Grouped {
    #[diesel(sql_type = Text)]
    pub service: String,
    #[diesel(sql_type = Text)]
    pub agency: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub district: Option<String>,
    #[diesel(sql_type = BigInt)]
    pub minutes: i64,
    #[diesel(sql_type = BigInt)]
    pub decided: i64,
    #[diesel(sql_type = BigInt)]
    pub on_time: i64,
    #[diesel(sql_type = BigInt)]
    pub on_time_of: i64,
    #[diesel(sql_type = BigInt)]
    pub first_pass: i64,
}

/// How an engine says the seconds of a time, and the moment at which the last day of a promise is over in the city, eight
/// hours before it is in the time that is kept.
const PG: (&str, &str) =
    ("CAST(FLOOR(EXTRACT(EPOCH FROM @)) AS BIGINT)", "k.promised_on + interval '16 hours'");
const SQLITE: (&str, &str) = ("CAST(strftime('%s', @) AS INTEGER)", "datetime(k.promised_on, '+16 hours')");

/// The statement that counts decisions. A case is decided once; what happens to its result afterwards is none of it.
fn statement((seconds, over): (&str, &str)) -> String {
    let states = [State::NotAccepted, State::Granted, State::Refused, State::Terminated]
        .map(|state| format!("'{}'", state.tag()))
        .join(", ");
    let (decided, handed_in) = (seconds.replace('@', "s.at"), seconds.replace('@', "k.submitted_at"));
    let sent_back = State::CorrectionRequired.tag();
    format!(
        "SELECT service, agency, district, minutes, count(*) AS decided, CAST(SUM(on_time) AS BIGINT) AS on_time,
                CAST(SUM(on_time_of) AS BIGINT) AS on_time_of, CAST(SUM(first_pass) AS BIGINT) AS first_pass
         FROM (
             SELECT k.service AS service, k.agency AS agency, k.district AS district,
                    ({decided} - {handed_in}) / 1800 * 30 AS minutes,
                    CASE WHEN s.at < {over} THEN 1 ELSE 0 END AS on_time,
                    CASE WHEN k.promised_on IS NULL THEN 0 ELSE 1 END AS on_time_of,
                    CASE WHEN EXISTS (
                        SELECT 1 FROM case_steps b WHERE b.citizen_id = k.citizen_id AND b.case_id = k.id
                        AND b.to_state = '{sent_back}'
                    ) THEN 0 ELSE 1 END AS first_pass
             FROM case_steps s JOIN cases k ON k.citizen_id = s.citizen_id AND k.id = s.case_id
             WHERE s.to_state IN ({states}) AND s.at >= $1 AND s.at < $2
         ) AS one
         GROUP BY service, agency, district, minutes"
    )
}

pub(super) fn decisions(c: &mut Conn, from: Moment, to: Moment) -> Result<Vec<Grouped>, DbError> {
    let dialect = match c {
        Conn::Pg(_) => PG,
        Conn::Sqlite(_) => SQLITE,
    };
    let statement = statement(dialect);
    Ok(each!(c, |c| sql_query(statement)
        .bind::<Timestamp, _>(Stamp::from(from))
        .bind::<Timestamp, _>(Stamp::from(to))
        .load(c))?)
}
