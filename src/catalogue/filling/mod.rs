//! Forms of packages as pages: read once, and drawn as questions with what was typed and what is wrong with it.
//! Used by every room that asks something by such a form.

mod fields;
mod forms;

pub use fields::{Drawn, Piece, chosen, said, word, yuan};
pub use forms::{Forms, FormsError};
