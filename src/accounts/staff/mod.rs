//! Staff: officers, managers, integrators, administrators, auditors, helpers. A member of staff is never a
//! citizen's account: another table, another realm of sessions, another cookie.
//!
//! Everybody belongs to a branch of the tree of agencies, and nobody reaches beyond their own: the branch is part
//! of every query, so that somebody of another branch is as unknown as nobody. [`may`] is the one place that
//! decides who may do what; [`present`] asks before every page whether the account still stands.

mod actions;
pub mod audit;
pub mod breach;
pub mod circular;
mod claims;
pub mod counter;
pub mod entry;
mod handover;
mod model;
pub mod pages;
mod queries;
pub mod views;

pub use actions::{
    Invitation, add_branch, change, end, hand_over, held, invite, invite_again, invite_anew, invited, join,
    login_name, record,
};
pub use claims::{CASES, CLAIMS, Claims, RATINGS, assign_claim};
pub use handover::{Handover, Handovers, Held, assign, is_assigned, release};
pub use model::{Act, Branch, Role, StaffError, Standing, may};
pub use queries::{
    Member, Places, StaffAct, branch_of, branches_in, by_id, by_login, history, in_branch, one_of, places,
    present,
};
