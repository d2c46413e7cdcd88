//! Pictures are drawn anew: what was hidden in one, where it was taken and whatever else is a file beside a picture,
//! does not come along.

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder as _, ImageEncoder as _, ImageFormat, ImageReader, Limits,
    codecs::{jpeg::JpegEncoder, png::PngEncoder},
};
use tokio::sync::Semaphore;

use super::kind::Kind;

/// The largest picture file. Unlike a document it must be held to be drawn.
pub const LARGEST: u64 = 20 << 20;
/// The most dots a picture may have. A telephone's have fifty million at most.
const DOTS: u64 = 50_000_000;
/// What drawing one may take up, in bytes.
const MEMORY: u64 = 512 << 20;
const QUALITY: u8 = 88;

/// One picture at a time: each takes a few hundred megabytes for a moment.
static DRAWING: Semaphore = Semaphore::const_new(1);

/// Why a picture is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    TooManyDots,
    Unreadable,
}

/// The same picture, in the same kind of file, upright.
pub async fn redrawn(kind: Kind, bytes: Vec<u8>) -> Result<Vec<u8>, Refused> {
    let Ok(turn) = DRAWING.acquire().await else { return Err(Refused::Unreadable) };
    let drawn = tokio::task::spawn_blocking(move || draw(kind, bytes)).await;
    drop(turn);
    drawn.unwrap_or(Err(Refused::Unreadable))
}

fn draw(kind: Kind, bytes: Vec<u8>) -> Result<Vec<u8>, Refused> {
    let format = match kind {
        Kind::Jpeg => ImageFormat::Jpeg,
        Kind::Png => ImageFormat::Png,
        Kind::Pdf => return Err(Refused::Unreadable),
    };
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| Refused::Unreadable)?;
    // Said at its beginning: a small file that would become a huge picture is not unpacked to find out.
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > DOTS {
        return Err(Refused::TooManyDots);
    }
    let upright = decoder.orientation().map_err(|_| Refused::Unreadable)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| Refused::Unreadable)?;
    picture.apply_orientation(upright);
    let mut out = Vec::new();
    let drawn = match kind {
        Kind::Jpeg => {
            let picture = picture.into_rgb8();
            let (width, height) = picture.dimensions();
            JpegEncoder::new_with_quality(&mut out, QUALITY).write_image(
                &picture,
                width,
                height,
                image::ExtendedColorType::Rgb8,
            )
        }
        _ => picture.write_with_encoder(PngEncoder::new(&mut out)),
    };
    drawn.map_err(|_| Refused::Unreadable)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jpeg(width: u32, height: u32) -> Vec<u8> {
        let red = |x: u32| u8::try_from(x % 256).unwrap();
        let picture = image::RgbImage::from_fn(width, height, |x, _| image::Rgb([red(x), 9, 200]));
        let mut out = Vec::new();
        JpegEncoder::new(&mut out)
            .write_image(&picture, width, height, image::ExtendedColorType::Rgb8)
            .unwrap();
        out
    }

    /// With a piece for cameras' notes: turned by a quarter, taken at a secret place.
    fn with_notes(jpeg: &[u8]) -> Vec<u8> {
        let mut tiff = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
        tiff.extend_from_slice(b"SECRET PLACE");
        let length = u16::try_from(tiff.len() + 2).unwrap().to_be_bytes();
        [&jpeg[..2], b"\xff\xe1", &length, &tiff, &jpeg[2..]].concat()
    }

    #[test]
    fn what_is_hidden_in_a_picture_does_not_come_along() {
        let noted = with_notes(&jpeg(40, 20));
        let two = [noted.as_slice(), b"<script>alert(1)</script>PK\x03\x04"].concat();
        let drawn = draw(Kind::Jpeg, two).unwrap();
        let holds = |word: &[u8]| drawn.windows(word.len()).any(|bytes| bytes == word);
        assert!(!holds(b"SECRET") && !holds(b"Exif") && !holds(b"script") && !holds(b"PK\x03\x04"));
        // It stands as it was meant to.
        let again = image::load_from_memory(&drawn).unwrap();
        assert_eq!((again.width(), again.height()), (20, 40));
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        // The head of a picture of 50,000 by 50,000 dots, and nothing behind it.
        let mut head = b"\x89PNG\r\n\x1a\n".to_vec();
        let mut ihdr = b"IHDR".to_vec();
        ihdr.extend_from_slice(&50_000_u32.to_be_bytes());
        ihdr.extend_from_slice(&50_000_u32.to_be_bytes());
        ihdr.extend_from_slice(&[8, 2, 0, 0, 0]);
        head.extend_from_slice(&13_u32.to_be_bytes());
        head.extend_from_slice(&ihdr);
        let mut crc = flate2::Crc::new();
        crc.update(&ihdr);
        head.extend_from_slice(&crc.sum().to_be_bytes());
        let mut data = b"IDAT".to_vec();
        data.extend_from_slice(b"\x78\x9c\x03\x00\x00\x00\x00\x01");
        let mut crc = flate2::Crc::new();
        crc.update(&data);
        head.extend_from_slice(&8_u32.to_be_bytes());
        head.extend_from_slice(&data);
        head.extend_from_slice(&crc.sum().to_be_bytes());
        assert_eq!(draw(Kind::Png, head), Err(Refused::TooManyDots));
        assert_eq!(draw(Kind::Jpeg, b"\xff\xd8\xff\xe0 no picture".to_vec()), Err(Refused::Unreadable));
    }
}
