//! A service that is not offered any more.

use askama::Template;

use crate::web::frame::{Frame, Link};

/// `/services/{code}` of such a one, where none takes its place.
#[derive(Debug, Template)]
#[template(path = "catalogue/retired.html")]
pub struct RetiredView {
    pub frame: Frame,
    /// As it was called in Chinese.
    pub name: String,
    /// Who offered it, if the agency is still there.
    pub agency: Option<Link>,
}
