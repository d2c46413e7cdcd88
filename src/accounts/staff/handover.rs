//! What members of staff hold by name, and how it passes to others when they leave.

use std::sync::Arc;

use diesel::prelude::*;
use uuid::Uuid;

use crate::{
    db::{Conn, DbError, Stamp, schema::assignments},
    ledger::StaffId,
    platform::Moment,
};

/// Work of one kind that somebody holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub kind: String,
    pub count: usize,
}

/// A room that gives work to staff by name. Bound in `app`.
pub trait Handover: Send + Sync {
    fn held(&self, c: &mut Conn, staff: StaffId) -> Result<Vec<Held>, DbError>;
    fn pass(&self, c: &mut Conn, now: Moment, from: StaffId, to: StaffId) -> Result<(), DbError>;
}

/// Every room that gives out work, and the assignments kept here.
#[derive(Clone, Default)]
pub struct Handovers {
    rooms: Vec<Arc<dyn Handover>>,
}

impl Handovers {
    pub fn new(rooms: Vec<Arc<dyn Handover>>) -> Self {
        Self { rooms }
    }

    pub(super) fn held(&self, c: &mut Conn, staff: StaffId) -> Result<Vec<Held>, DbError> {
        let kinds: Vec<String> = assignments::table
            .filter(assignments::staff_id.eq(staff))
            .order(assignments::kind)
            .select(assignments::kind)
            .load(c)?;
        let mut held: Vec<Held> = Vec::new();
        for kind in kinds {
            match held.iter_mut().find(|held| held.kind == kind) {
                Some(held) => held.count += 1,
                None => held.push(Held { kind, count: 1 }),
            }
        }
        for room in &self.rooms {
            held.extend(room.held(c, staff)?.into_iter().filter(|held| held.count > 0));
        }
        Ok(held)
    }

    pub(super) fn pass(&self, c: &mut Conn, now: Moment, from: StaffId, to: StaffId) -> Result<(), DbError> {
        let mine: Vec<(String, Vec<u8>)> = assignments::table
            .filter(assignments::staff_id.eq(from))
            .select((assignments::kind, assignments::subject))
            .load(c)?;
        for (kind, subject) in mine {
            if let Ok(subject) = Uuid::from_slice(&subject) {
                assign(c, now, to, &kind, subject)?;
            }
        }
        diesel::delete(assignments::table.filter(assignments::staff_id.eq(from))).execute(c)?;
        for room in &self.rooms {
            room.pass(c, now, from, to)?;
        }
        Ok(())
    }
}

/// Gives a piece of work to somebody by name.
pub fn assign(c: &mut Conn, now: Moment, to: StaffId, kind: &str, subject: Uuid) -> Result<(), DbError> {
    let row = (
        assignments::staff_id.eq(to),
        assignments::kind.eq(kind),
        assignments::subject.eq(subject.as_bytes().to_vec()),
        assignments::created_at.eq(Stamp::from(now)),
    );
    crate::each!(c, |c| diesel::insert_into(assignments::table)
        .values(row)
        .on_conflict((assignments::staff_id, assignments::kind, assignments::subject))
        .do_nothing()
        .execute(c))?;
    Ok(())
}

/// Whether a piece of work is somebody's: all that a helper may touch.
pub fn is_assigned(c: &mut Conn, to: StaffId, kind: &str, subject: Uuid) -> Result<bool, DbError> {
    let count: i64 = assignments::table
        .filter(assignments::staff_id.eq(to))
        .filter(assignments::kind.eq(kind))
        .filter(assignments::subject.eq(subject.as_bytes().to_vec()))
        .count()
        .get_result(c)?;
    Ok(count > 0)
}

/// The work is done, or given back.
pub fn release(c: &mut Conn, from: StaffId, kind: &str, subject: Uuid) -> Result<(), DbError> {
    diesel::delete(
        assignments::table
            .filter(assignments::staff_id.eq(from))
            .filter(assignments::kind.eq(kind))
            .filter(assignments::subject.eq(subject.as_bytes().to_vec())),
    )
    .execute(c)?;
    Ok(())
}
