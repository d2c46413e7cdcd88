//! The roof: builds everything, lists every route, job and schedule, and understands the command line.

mod cli;
mod commands;
mod demo;
mod drivers;
mod personal;
mod portal;
mod routes;
mod schedules;
mod work;
pub mod year;

pub use cli::run;
pub use personal::holders;
pub use portal::{Portal, PortalError, Role};
pub use routes::{ROUTES, table};
pub use schedules::schedules;
pub use work::{codes, handovers, registry};
