//! `/admin/balance`: what became of every reminder and every notice, at this moment.

use actix_web::web::Data;

use crate::{
    accounts::staff::{Act, Branch, may, pages::present_member},
    db::{Conn, DbError},
    notices,
    platform::{Moment, clock::CITY_ZONE},
    reminders::{
        self,
        views::{AccountView, BalanceView},
    },
    web::{Failure, Page, Site, Visitor},
};

/// For administrators of the whole city.
pub async fn balance(visitor: Visitor, site: Data<Site>) -> Result<Page, Failure> {
    let (_, signed) = present_member(&visitor, &site).await?;
    may(&signed, Act::Approve, &Branch::city())?;
    let now = site.clock.now();
    let draw = move |c: &mut Conn| Ok::<_, DbError>((reminders::balance(c, now)?, notices::balance(c)?));
    let (dates, said) = site.db.snapshot(draw).await?;
    let local = |at: Moment| at.with_timezone(&CITY_ZONE).naive_local();
    let whole = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let reminders = AccountView {
        tag: "reminders".to_owned(),
        holds: dates.holds(),
        due: whole(dates.due),
        waiting: whole(dates.waiting),
        sent: whole(dates.sent),
        suppressed: dates.suppressed.iter().map(|(why, count)| ((*why).to_owned(), whole(*count))).collect(),
        failed: dates.failed.iter().map(|(why, count)| ((*why).to_owned(), whole(*count))).collect(),
        lost: dates.lost,
        oldest: dates.oldest.map(local),
        more: vec![
            ("deadlines".to_owned(), dates.deadlines),
            ("asleep".to_owned(), dates.asleep),
            ("late".to_owned(), dates.late),
            ("behind".to_owned(), dates.behind),
            ("unchecked".to_owned(), dates.unchecked),
        ],
    };
    let notices = AccountView {
        tag: "notices".to_owned(),
        holds: said.holds(),
        due: said.due,
        waiting: said.waiting,
        sent: said.sent,
        suppressed: said.suppressed.into_iter().collect(),
        failed: said.failed.into_iter().collect(),
        lost: said.lost,
        oldest: said.oldest.map(local),
        more: vec![
            ("said".to_owned(), said.said),
            ("arrived".to_owned(), said.arrived),
            ("uncertain".to_owned(), said.uncertain),
        ],
    };
    Page::new(&BalanceView { accounts: vec![reminders, notices], at: local(now), frame: visitor.frame() })
}
