//! Pages that ask twenty agencies at once: with all of them well, and with one that hangs, in turn.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use serde_json::{Value, json};
use yimen::gateway::Request;
use yimen_contract::capability::{Outcome as Answered, health};

use crate::{
    Outcome,
    city::{City, WELL, hangs, well},
    spread,
};

/// How long the page waits.
const DEADLINE: Duration = Duration::from_millis(150);
/// An agency that failed so often is left alone, and would not be seen to hang any more.
const BEFORE_REST: usize = 5;

/// How many agencies must hang for so many pages.
pub const fn hanging(pages: usize) -> usize {
    pages.div_ceil(BEFORE_REST)
}

pub async fn measure(city: &City, pages: usize) -> Outcome<Value> {
    let (mut pages_well, mut pages_hung) = (Vec::new(), Vec::new());
    let (mut others_well, mut others_hung) = (Vec::new(), Vec::new());
    for turn in 0..=pages {
        let (page, others) = page(city, &well(WELL - 1)).await?;
        // Connections are opened by the first.
        if turn == 0 {
            continue;
        }
        pages_well.push(page);
        others_well.extend(others);
        let (page, others) = self::page(city, &hangs((turn - 1) / BEFORE_REST)).await?;
        pages_hung.push(page);
        others_hung.extend(others);
    }
    let slowest = pages_hung.iter().max().map_or(0.0, Duration::as_secs_f64) * 1000.0;
    let ((well_p50, well_p99), (hung_p50, hung_p99)) = (spread(others_well), spread(others_hung));
    let ((page_p50, page_p99), (hung_page_p50, hung_page_p99)) = (spread(pages_well), spread(pages_hung));
    Ok(json!({
        "agencies": WELL, "pages": pages, "deadline_ms": DEADLINE.as_secs_f64() * 1000.0,
        "page_p50_ms": page_p50, "page_p99_ms": page_p99,
        "hung_page_p50_ms": hung_page_p50, "hung_page_p99_ms": hung_page_p99, "hung_page_slowest_ms": slowest,
        "others_p50_ms": well_p50, "others_p99_ms": well_p99,
        "others_hung_p50_ms": hung_p50, "others_hung_p99_ms": hung_p99,
    }))
}

/// Asks nineteen agencies and one more, all at once: how long the page took, and each of the nineteen.
async fn page(city: &City, last: &str) -> Outcome<(Duration, Vec<Duration>)> {
    let slugs: Vec<String> = (0..WELL - 1).map(well).collect();
    let began = Instant::now();
    let (answers, _) =
        futures_util::future::join(join_all(slugs.iter().map(|slug| ask(city, slug))), ask(city, last)).await;
    let page = began.elapsed();
    let answers: Result<Vec<Duration>, String> = answers.into_iter().collect();
    Ok((page, answers?))
}

async fn ask(city: &City, slug: &str) -> Result<Duration, String> {
    let began = Instant::now();
    let request =
        Request { agency: slug, service: None, question: health::Input {}, about: None, within: DEADLINE };
    match city.portal.gateway.call(request).await {
        Ok(Answered::Fresh(_)) => Ok(began.elapsed()),
        Ok(other) => Err(format!("{slug}: no answer ({})", other.tag())),
        Err(error) => Err(format!("{slug}: {error}")),
    }
}
