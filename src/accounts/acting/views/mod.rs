//! What the pages about acting for others show.

mod forms;
mod overview;
#[cfg(test)]
mod samples;

pub use forms::{ChildView, CompanyView, GrantView};
pub use overview::{ActingView, CompanyLine, DeedLine, Line, Now, PersonView, Said, Standing};
