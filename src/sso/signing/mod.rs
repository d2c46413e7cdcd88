//! Signing in: who is it, how sure are we, and a session under a fresh token.
//!
//! A password or a code sent to the person is one factor and carries no further than it proves; an app or a
//! recovery code adds the second. A passkey is both. Nothing said on these pages tells a stranger who has an
//! account: what is asked for looks the same and takes as long either way.

mod code;
mod enter;
mod out;
mod passkey;
mod prove;
mod recover;
mod register;
mod second;
mod sign_in;

pub use code::{code, redeem_code};
pub use enter::{Entry, enter, level_of};
pub use out::{sign_out, sign_out_page};
pub use passkey::{passkey_begin, passkey_finish};
pub use prove::{prove, prove_page};
pub use recover::{recover, recover_code, recover_code_page, recover_page};
pub use register::{register, register_code, register_code_page, register_page};
pub use second::{second, second_page};
pub use sign_in::{national_links, sign_in, sign_in_page};

use crate::{
    accounts::Wrong,
    platform::Texts,
    web::{Failure, Page, Site, Visitor, frame::StepView},
};

/// The words for what is wrong with a telephone number or mailbox.
pub(crate) fn wrong_reach(t: Texts, wrong: Wrong) -> &'static str {
    match wrong {
        Wrong::Empty => t.reach_empty(),
        Wrong::TooLong | Wrong::Form | Wrong::Check | Wrong::Birthday => t.reach_form(),
    }
}

/// A page with one form, beginning with what all of them share.
pub(crate) fn step(visitor: &Visitor, site: &Site, action: &str, title: &str) -> Result<StepView, Failure> {
    Ok(StepView::new(visitor.frame(), visitor.form_token(site)?, action, title))
}

/// The page as an answer: 422 where something is wrong, with everything typed still there.
pub(crate) fn shown(view: &StepView) -> Result<Page, Failure> {
    let page = Page::new(view)?;
    Ok(if view.is_wrong() { page.status(actix_web::http::StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}
