//! Rows of many owners, each by owner and id together.
//!
//! `owner IN (…) AND id IN (…)` names them too, but has SQLite try every owner with every id: a quarter of a million
//! searches for a set of 500. Here each pair is one search in the index that begins with the owner, on either engine.

use diesel::{
    QueryResult,
    backend::Backend,
    expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate},
    query_builder::{AstPass, QueryFragment, QueryId},
    serialize::ToSql,
    sql_types::{Binary, Bool},
};

/// Whether a row's owner and id are one of these pairs.
#[derive(Debug, Clone)]
pub struct Among<O, I, A, B> {
    owner: O,
    id: I,
    pairs: Vec<(A, B)>,
}

/// Those rows of which owner and id are one of `pairs`; none, if there is no pair.
///
/// `table.filter(among(table::citizen_id, table::id, &pairs))`
pub fn among<O, I, A: Copy, B: Copy>(owner: O, id: I, pairs: &[(A, B)]) -> Among<O, I, A, B> {
    Among { owner, id, pairs: pairs.to_vec() }
}

impl<O, I, A, B> Expression for Among<O, I, A, B> {
    type SqlType = Bool;
}

impl<O, I, A, B, QS> AppearsOnTable<QS> for Among<O, I, A, B>
where
    O: AppearsOnTable<QS>,
    I: AppearsOnTable<QS>,
{
}

impl<O, I, A, B, QS> SelectableExpression<QS> for Among<O, I, A, B>
where
    O: SelectableExpression<QS>,
    I: SelectableExpression<QS>,
{
}

impl<O, I, A, B> ValidGrouping<()> for Among<O, I, A, B> {
    type IsAggregate = is_aggregate::No;
}

impl<O, I, A, B> QueryId for Among<O, I, A, B> {
    type QueryId = ();

    // How many pairs there are says how the statement reads.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<O, I, A, B, DB> QueryFragment<DB> for Among<O, I, A, B>
where
    DB: Backend,
    O: QueryFragment<DB>,
    I: QueryFragment<DB>,
    A: ToSql<Binary, DB>,
    B: ToSql<Binary, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.unsafe_to_cache_prepared();
        if self.pairs.is_empty() {
            out.push_sql("1=0");
            return Ok(());
        }
        out.push_sql("(");
        self.owner.walk_ast(out.reborrow())?;
        out.push_sql(", ");
        self.id.walk_ast(out.reborrow())?;
        // Of bare values in the brackets SQLite would make a list beside a scan of the whole table.
        out.push_sql(") IN (SELECT * FROM (VALUES ");
        for (place, (owner, id)) in self.pairs.iter().enumerate() {
            out.push_sql(if place == 0 { "(" } else { ", (" });
            out.push_bind_param::<Binary, A>(owner)?;
            out.push_sql(", ");
            out.push_bind_param::<Binary, B>(id)?;
            out.push_sql(")");
        }
        out.push_sql(") AS pairs)");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use diesel::{
        connection::SimpleConnection as _, debug_query, prelude::*, sql_query, sql_types::Text,
        sqlite::Sqlite,
    };

    use super::*;

    diesel::table! {
        things (owner_id, id) {
            owner_id -> Binary,
            id -> Binary,
            done -> Bool,
        }
    }

    type Name = &'static [u8];

    #[derive(QueryableByName)]
    struct Step {
        #[diesel(sql_type = Text)]
        detail: String,
    }

    #[test]
    fn each_pair_is_one_search_and_only_whole_pairs_are_found() {
        let mut c = SqliteConnection::establish(":memory:").unwrap();
        c.batch_execute(
            "CREATE TABLE things (owner_id BLOB NOT NULL, id BLOB NOT NULL, done BOOLEAN NOT NULL, \
             PRIMARY KEY (owner_id, id))",
        )
        .unwrap();
        let [a, b, one, two]: [Name; 4] = [b"a", b"b", b"1", b"2"];
        for (owner, id) in [(a, one), (a, two), (b, one)] {
            let row = (things::owner_id.eq(owner), things::id.eq(id), things::done.eq(false));
            diesel::insert_into(things::table).values(row).execute(&mut c).unwrap();
        }
        let wanted = [(a, one), (b, two)];
        let these = || things::table.filter(among(things::owner_id, things::id, &wanted));
        let done = diesel::update(these()).set(things::done.eq(true));
        let words = debug_query::<Sqlite, _>(&done).to_string();
        let words = words.split(" -- binds").next().unwrap().to_owned();
        let plan: Vec<Step> = sql_query(format!("EXPLAIN QUERY PLAN {words}")).load(&mut c).unwrap();
        let plan: Vec<String> = plan.into_iter().map(|step| step.detail).collect();
        assert!(plan.iter().any(|step| step.contains("owner_id=? AND id=?")), "{plan:?}");
        assert_eq!(done.execute(&mut c).unwrap(), 1, "the other pair is a mixture of two rows");
        let nobody: [(Name, Name); 0] = [];
        let none = things::table.filter(among(things::owner_id, things::id, &nobody));
        assert_eq!(none.count().get_result::<i64>(&mut c).unwrap(), 0);
    }
}
