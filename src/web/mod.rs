//! How requests come in and pages go out. Knows no domain.
//!
//! Every request passes [`entrance`], which knows the visitor (language, appearance, address), answers from
//! the pages kept ready, guards time and size, and turns whatever went wrong into a page that offers a way on.
//! Rooms write handlers; `app` lists them in the one route table ([`Route`]).

pub mod aside;
pub mod assets;
pub mod checks;
mod csrf;
mod entrance;
mod failure;
mod form;
pub mod frame;
mod guards;
mod headers;
pub mod ical;
mod health;
mod kept;
mod limits;
mod packing;
mod page;
mod part;
mod preference;
mod routes;
mod scan;
mod serve;
pub mod session;
mod sheet;
mod site;
mod upload;
mod visitor;

pub use failure::Failure;
pub use form::Submitted;
pub use frame::Frame;
pub use guards::{Needs, is_fresh};
pub use headers::policy_leading_to;
pub use health::{live, ready};
pub use kept::Keeper;
pub use limits::household;
pub use page::{Page, see_other};
pub use part::{IN_A_FILE, Part};
pub use routes::{Guard, Route, mount};
pub use scan::scan;
pub use serve::{ListenError, Listening, Metrics, Served, serve};
pub use sheet::sheet;
pub use site::{Chrome, Demands, Site, SiteParts};
pub use upload::{Coming, ComingFile, Uploaded, UploadedFile};
pub use visitor::{RequestId, Visitor, own_path, query, time_of_day};
