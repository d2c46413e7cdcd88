//! `/agency`: where an agency's people begin.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, web::Data};
use yimen_contract::Bilingual;

use super::Reader;
use crate::{
    accounts::staff::Act,
    agencies::{
        CITY_SLUG, queries,
        releases::{self, Release, State},
        views::{
            packages::{AgencyLine, ConsoleView},
            words::{VersionLine, said},
        },
    },
    db::{Conn, DbError},
    web::{Failure, Page, Site, Visitor, query},
};

/// So many agencies are listed.
const MOST: usize = 300;

pub async fn console(visitor: Visitor, site: Data<Site>, request: HttpRequest) -> Result<Page, Failure> {
    let reader = Reader::of(&visitor, &site).await?;
    let t = visitor.texts();
    let read = |c: &mut Conn| {
        Ok::<_, DbError>((releases::admitted(c)?, releases::current(c)?, queries::suspended(c)?))
    };
    let (admitted, current, suspended) = site.db.read(read).await?;
    let mut by_slug: BTreeMap<String, Vec<Release>> = BTreeMap::new();
    for release in current.into_iter().filter(|release| release.slug != CITY_SLUG) {
        by_slug.entry(release.slug.clone()).or_default().push(release);
    }
    let agencies = admitted.into_iter().filter(|(slug, ..)| reader.sees(slug)).take(MOST);
    let line = |(slug, zh, en): (String, String, String)| {
        let versions = by_slug.get(&slug).map_or(&[][..], Vec::as_slice);
        let live = versions.iter().find(|release| release.state == State::Live);
        AgencyLine {
            name: t.say(&Bilingual::new(zh, en)).text.to_owned(),
            live: live.map(|release| release.number),
            suspended: suspended.contains(&slug),
            versions: versions
                .iter()
                .filter(|release| release.state != State::Live)
                .map(|release| VersionLine::of(t, release))
                .collect(),
            slug,
        }
    };
    let mut agencies: Vec<AgencyLine> = agencies.map(line).collect();
    // Where something is under way comes first.
    agencies.sort_by_key(|agency| agency.versions.is_empty() && !agency.suspended);
    let (integrates, approves) = (reader.allowed_here(Act::Integrate), reader.allowed_here(Act::Approve));
    let admin = [("/admin/packages", t.pkg_queue()), ("/admin/funnel", t.pkg_funnel())];
    Page::new(&ConsoleView {
        said: query(&request, "said").and_then(|word| said(t, &word)),
        agencies,
        applies: integrates,
        doors: [("/agency/sites", t.sites_title())]
            .into_iter()
            .chain(admin.into_iter().filter(|_| approves))
            .collect(),
        frame: visitor.frame(),
    })
}
