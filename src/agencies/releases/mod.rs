//! The life of a package: an agency is admitted, hands versions in, has them checked and reviewed, releases them to
//! some and to all, goes back, and is shut and opened again.
//!
//! [`State::after`] is the one table of what leads where; whatever is not in it is refused. Nobody decides about what
//! they handed in: the actions refuse it and so does the database. Every act stands in the record with who, when and
//! why. The operator installs on their own authority, which stands in the record too.

mod actions;
mod acts;
mod applications;
mod check;
mod funnel;
pub mod import;
pub mod log;
mod model;
mod publish;
mod store;

pub use actions::{approve, changes, give_back, mark, recheck, submit, upload};
pub use acts::{ReleaseAct, history};
pub use applications::{
    Application, ApplicationId, NewApplication, admitted, applications_of, apply, decide, find, is_admitted,
    waiting,
};
pub use check::{CheckPackage, check};
pub use funnel::{Funnel, STAGES, Stage, funnel};
pub use model::{Candidate, OPERATOR, ReleaseError, State, Step, Suspension};
pub use publish::{candidate, go_live, may_reopen, release, reopen, roll_back, suspend, withdraw};
pub use store::{
    CheckReport, Found, Handed, Phase, Release, by_id, current, files, in_review, numbered, package, report,
    versions,
};

pub(super) use applications::admitted_by_operator;
pub(super) use publish::install;
pub(super) use store::keep;
