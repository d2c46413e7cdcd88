//! The roof: builds everything, lists every route, job and schedule, and understands the command line.

mod cli;
mod commands;
mod demo;
mod drivers;
mod portal;
mod routes;
mod work;

pub use cli::run;
pub use portal::{Portal, PortalError, Role};
pub use routes::{ROUTES, table};
pub use work::{registry, schedules};
