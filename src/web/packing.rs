//! Packing pages for their way: what is kept is packed once and well, what is made for one person at once and quickly.

use std::io::{self, Write as _};

use actix_web::HttpRequest;
use brotli::enc::BrotliEncoderParams;
use bytes::Bytes;
use flate2::{
    Compression, Crc,
    write::{DeflateEncoder, GzEncoder},
};

use super::headers;

/// Shorter texts are as long when they are packed.
const SHORTEST: usize = 512;

pub(super) fn brotli(body: &[u8]) -> io::Result<Bytes> {
    let mut packed = Vec::with_capacity(body.len() / 3);
    let parameters = BrotliEncoderParams { quality: 6, lgwin: 18, ..BrotliEncoderParams::default() };
    brotli::BrotliCompress(&mut &*body, &mut packed, &parameters)?;
    Ok(packed.into())
}

pub(super) fn gzip(body: &[u8], level: Compression) -> io::Result<Bytes> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 3), level);
    encoder.write_all(body)?;
    Ok(encoder.finish()?.into())
}

/// A piece of a page, packed so that others may stand before and after it.
pub(super) struct Piece {
    packed: Vec<u8>,
    sum: Crc,
}

/// What every gzip stream begins with: no name, no time, any system.
const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
/// A last block with nothing in it.
const END: [u8; 5] = [1, 0, 0, 0xff, 0xff];
/// The most that stands in a block as it is.
const MOST: usize = 0xffff;

impl Piece {
    /// Packed well: once for many.
    pub(super) fn new(text: &[u8]) -> io::Result<Self> {
        let mut encoder = DeflateEncoder::new(Vec::with_capacity(text.len() / 3), Compression::new(6));
        encoder.write_all(text)?;
        // Ends at a whole byte, and the stream goes on.
        encoder.flush()?;
        let mut sum = Crc::new();
        sum.update(text);
        Ok(Self { packed: std::mem::take(encoder.get_mut()), sum })
    }

    pub(super) fn len(&self) -> usize {
        self.packed.len()
    }

    /// One gzip stream of pieces, each followed by what stands between it and the next as it is: to pack that little would cost
    /// more than to send it.
    pub(super) fn join(pieces: &[Self], between: &[String]) -> Bytes {
        let length = pieces.iter().map(Self::len).sum::<usize>();
        let length = length + between.iter().map(|part| part.len() + 5).sum::<usize>() + 32;
        let (mut stream, mut sum) = (Vec::with_capacity(length), Crc::new());
        stream.extend_from_slice(&HEAD);
        for (at, piece) in pieces.iter().enumerate() {
            stream.extend_from_slice(&piece.packed);
            sum.combine(&piece.sum);
            let part = between.get(at).map_or(&[][..], |part| part.as_bytes());
            sum.update(part);
            for block in part.chunks(MOST) {
                let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
                stream.push(0);
                stream.extend_from_slice(&length.to_le_bytes());
                stream.extend_from_slice(&(!length).to_le_bytes());
                stream.extend_from_slice(block);
            }
        }
        stream.extend_from_slice(&END);
        stream.extend_from_slice(&sum.sum().to_le_bytes());
        stream.extend_from_slice(&sum.amount().to_le_bytes());
        stream.into()
    }
}

/// A page for one person, in the encoding that costs least: a third or less of what it costs to make the page smaller by a
/// tenth more. `None`: it goes as it is, or as the framework packs it.
pub(super) fn at_once(request: &HttpRequest, body: &[u8]) -> Option<(&'static str, Bytes)> {
    let worth = body.len() >= SHORTEST && headers::accepts(request, "gzip");
    let packed = worth.then(|| gzip(body, Compression::fast()))?.ok()?;
    Some(("gzip", packed))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]

    use std::io::Read as _;

    use flate2::read::GzDecoder;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn pieces_packed_apart_are_one_stream(
            texts in prop::collection::vec("(<p>|一门|[a-z ]){0,400}", 1..6),
            between in prop::collection::vec("(<a href=\"/me\">|林|[a-z]){0,40}", 0..6),
            long in 0_usize..150_000,
        ) {
            let mut between = between;
            if let Some(first) = between.first_mut() {
                first.push_str(&"x".repeat(long));
            }
            between.truncate(texts.len());
            let pieces: Vec<Piece> = texts.iter().map(|text| Piece::new(text.as_bytes()).unwrap()).collect();
            let mut read = String::new();
            GzDecoder::new(&*Piece::join(&pieces, &between)).read_to_string(&mut read).unwrap();
            let whole: String = texts.iter().enumerate()
                .flat_map(|(at, text)| [text.as_str(), between.get(at).map_or("", String::as_str)])
                .collect();
            prop_assert_eq!(read, whole);
        }
    }
}
