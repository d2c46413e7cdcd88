//! Codes to scan: a text as a picture that goes inside a page.

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use qrcode::{QrCode, render::svg};

use super::Failure;

/// A text as a picture, at least so many dots wide and high: what the `src` of an image takes.
pub fn scan(text: &str, dots: u32) -> Result<String, Failure> {
    let code = QrCode::new(text.as_bytes()).map_err(Failure::broken)?;
    let picture = code.render::<svg::Color<'_>>().min_dimensions(dots, dots).build();
    Ok(format!("data:image/svg+xml;base64,{}", BASE64.encode(picture)))
}
