//! What the page of what somebody follows shows.

use askama::Template;

use crate::web::frame::{Field, Frame};

/// `/me/notices/follow`
#[derive(Debug, Template)]
#[template(path = "following/follow.html")]
pub struct FollowView {
    pub frame: Frame,
    pub csrf: String,
    pub said: Option<(&'static str, String)>,
    /// Those that are followed, and the one whose page led here.
    pub agencies: Field,
    pub districts: Field,
    pub level: Field,
    pub domains: Field,
}
