//! Column types that both engines store alike: times in UTC, JSON as text, encrypted bytes.

use chrono::{DateTime, NaiveDateTime, SubsecRound as _, Utc};
use diesel::{
    AsExpression, FromSqlRow,
    backend::Backend,
    deserialize::{self, FromSql},
    serialize::{self, Output, ToSql},
    sql_types::{Binary, Text, Timestamp},
};
use serde::{Serialize, de::DeserializeOwned};

use super::MultiBackend;
use crate::platform::{
    Moment,
    keys::{KeyError, KeyRing},
};

/// A moment, stored without a zone and always in UTC, to the microsecond that both engines keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = Timestamp)]
pub struct Stamp(NaiveDateTime);

impl Stamp {
    pub fn moment(self) -> Moment {
        self.0.and_utc()
    }
}

impl From<Moment> for Stamp {
    fn from(at: Moment) -> Self {
        Self(DateTime::<Utc>::naive_utc(&at).trunc_subsecs(6))
    }
}

impl<B: Backend> ToSql<Timestamp, B> for Stamp
where
    NaiveDateTime: ToSql<Timestamp, B>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, B>) -> serialize::Result {
        self.0.to_sql(out)
    }
}

impl<B: Backend> FromSql<Timestamp, B> for Stamp
where
    NaiveDateTime: FromSql<Timestamp, B>,
{
    fn from_sql(raw: B::RawValue<'_>) -> deserialize::Result<Self> {
        NaiveDateTime::from_sql(raw).map(Self)
    }
}

/// A value kept as JSON text.
#[derive(Debug, Clone, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct Json<T: std::fmt::Debug>(pub T);

impl<T: Serialize + std::fmt::Debug> ToSql<Text, diesel::sqlite::Sqlite> for Json<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, diesel::sqlite::Sqlite>) -> serialize::Result {
        out.set_value(serde_json::to_string(&self.0)?);
        Ok(serialize::IsNull::No)
    }
}

impl<T: Serialize + std::fmt::Debug> ToSql<Text, diesel::pg::Pg> for Json<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, diesel::pg::Pg>) -> serialize::Result {
        serde_json::to_writer(out, &self.0)?;
        Ok(serialize::IsNull::No)
    }
}

impl<T: Serialize + std::fmt::Debug + Send + Sync + 'static> ToSql<Text, MultiBackend> for Json<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
        out.set_value((Text, self));
        Ok(serialize::IsNull::No)
    }
}

impl<T: DeserializeOwned + std::fmt::Debug, B: Backend> FromSql<Text, B> for Json<T>
where
    String: FromSql<Text, B>,
{
    fn from_sql(raw: B::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(serde_json::from_str(&String::from_sql(raw)?)?))
    }
}

/// Something encrypted for the place it is kept in. It opens only with the key ring.
#[derive(Clone, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Binary)]
pub struct Sealed(Vec<u8>);

impl Sealed {
    pub fn new(ring: &KeyRing, place: &str, plain: &str) -> Result<Self, KeyError> {
        ring.seal(place, plain.as_bytes()).map(Self)
    }

    pub fn open(&self, ring: &KeyRing, place: &str) -> Result<String, KeyError> {
        String::from_utf8(ring.open_sealed(place, &self.0)?).map_err(|_| KeyError::Sealed)
    }
}

impl std::fmt::Debug for Sealed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealed(…)")
    }
}

impl<B: Backend> ToSql<Binary, B> for Sealed
where
    Vec<u8>: ToSql<Binary, B>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, B>) -> serialize::Result {
        self.0.to_sql(out)
    }
}

impl<B: Backend> FromSql<Binary, B> for Sealed
where
    Vec<u8>: FromSql<Binary, B>,
{
    fn from_sql(raw: B::RawValue<'_>) -> deserialize::Result<Self> {
        Vec::from_sql(raw).map(Self)
    }
}
