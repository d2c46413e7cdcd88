//! Logs: lines for people or JSON for machines, both carrying the request's id.
//!
//! Logs hold ids, never what people wrote: no names, numbers, addresses or search words.

use tracing_subscriber::{
    EnvFilter, Layer as _, Registry, layer::SubscriberExt as _, util::SubscriberInitExt as _,
};

use super::config::LogFormat;

#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    #[error("log.filter: {0}")]
    Filter(#[from] tracing_subscriber::filter::ParseError),
    #[error("logs are set up already")]
    Twice(#[from] tracing_subscriber::util::TryInitError),
}

/// Starts logging to standard error, once per process.
pub fn start(format: LogFormat, filter: &str) -> Result<(), TelemetryError> {
    let filter = EnvFilter::try_new(filter)?;
    let layer = match format {
        LogFormat::Human => {
            tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_target(false).compact().boxed()
        }
        LogFormat::Json => tracing_subscriber::fmt::layer()
            .with_writer(std::io::stderr)
            .json()
            .flatten_event(true)
            .with_current_span(true)
            .with_span_list(false)
            .boxed(),
    };
    Registry::default().with(layer.with_filter(filter)).try_init()?;
    Ok(())
}
