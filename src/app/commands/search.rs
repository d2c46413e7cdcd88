use super::Outcome;
use crate::app::cli::Common;
pub(in crate::app) async fn search(_: &Common, _: &[String]) -> Result<(), Outcome> { Ok(()) }
