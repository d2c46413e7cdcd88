//! Notices slow queries. Their text is logged, their values never: values are what people wrote.

use std::time::{Duration, Instant};

use diesel::connection::{Instrumentation, InstrumentationEvent};

pub(super) fn watch(slow: Duration) -> impl Instrumentation {
    let mut began: Option<Instant> = None;
    move |event: InstrumentationEvent<'_>| match event {
        InstrumentationEvent::StartQuery { .. } => began = Some(Instant::now()),
        InstrumentationEvent::FinishQuery { query, error, .. } => {
            let Some(took) = began.take().map(|at| at.elapsed()) else { return };
            metrics::histogram!("yimen_db_query_seconds").record(took.as_secs_f64());
            if took >= slow {
                let text = without_values(&query.to_string()).to_owned();
                let millis = took.as_millis();
                tracing::warn!(millis, failed = error.is_some(), query = text, "slow query");
            }
        }
        _ => {}
    }
}

/// Diesel prints a query as its text, then ` -- binds: ` and the values.
fn without_values(printed: &str) -> &str {
    printed.split(" -- binds:").next().unwrap_or_default().trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_cut_off() {
        assert_eq!(
            without_values("SELECT 1 WHERE a = ? -- binds: [\"secret -- binds: x\"]"),
            "SELECT 1 WHERE a = ?"
        );
    }
}
