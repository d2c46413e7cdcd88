//! What another agency knows already need not be typed: a question whose form names a licence is answered by the agency
//! that issued it, if the person agrees.
//!
//! - [`offer`] says on a page what could be had from whom, for whom and what for. Nothing is asked before somebody says
//!   yes, and whoever does not want it types it.
//! - [`fetch`] writes the consent down, asks (which is a look, and on the record before the question leaves), and puts the
//!   answer where it would have been typed: the person sees it, and where it is from, and may change it.

pub mod fetch;
pub mod offer;

pub use fetch::Came;
pub use offer::Source;
