//! `/staff`: what one may do.

use actix_web::web::Data;

use super::present_member;
use crate::{
    accounts::staff::{
        Act, Branch, circular, may,
        views::{DeskView, act_name, role_name},
    },
    web::{Failure, Page, Site, Visitor},
};

pub async fn desk(visitor: Visitor, site: Data<Site>) -> Result<Page, Failure> {
    let (member, signed) = present_member(&visitor, &site).await?;
    let t = visitor.texts();
    let branch = member.branch();
    let role = member.role();
    let unread = site.db.read(move |c| circular::unread(c, &member)).await?;
    let can = |act: Act| may(&signed, act, &branch).is_ok();
    Page::new(&DeskView {
        role: role_name(t, role),
        unread,
        branch: branch.to_string(),
        doors: DeskView::doors(t, branch == Branch::city(), can),
        may: Act::ALL.into_iter().filter(|act| can(*act)).map(|act| act_name(t, act)).collect(),
        frame: visitor.frame(),
    })
}
