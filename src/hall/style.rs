//! `/components`: every component in every state, for those who build pages.

use super::views::ComponentsView;
use crate::web::{Failure, Page, Visitor};

pub async fn components(visitor: Visitor) -> Result<Page, Failure> {
    Ok(Page::new(&ComponentsView::new(visitor.common_frame()))?.keep())
}
