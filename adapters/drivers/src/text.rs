//! Texts in the encodings of backends. Nothing is ever replaced: a character that cannot be written is an error,
//! and so is a byte that means nothing. A name with a question mark in it is another name.

use encoding_rs::{GB18030, GBK, UTF_8};
use yimen_contract::agency::Encoding;

/// Why a text cannot cross. It never says which character: the text may be somebody's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    #[error("a character that the backend's encoding does not have")]
    Unwritable,
    #[error("bytes that mean nothing in the backend's encoding")]
    Unreadable,
}

fn of(encoding: Encoding) -> &'static encoding_rs::Encoding {
    match encoding {
        Encoding::Utf8 => UTF_8,
        Encoding::Gbk => GBK,
        Encoding::Gb18030 => GB18030,
    }
}

/// The name in headers and XML declarations.
pub const fn name(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Gbk => "GBK",
        Encoding::Gb18030 => "GB18030",
    }
}

pub fn encode(encoding: Encoding, text: &str) -> Result<Vec<u8>, TextError> {
    let (bytes, _, replaced) = of(encoding).encode(text);
    if replaced { Err(TextError::Unwritable) } else { Ok(bytes.into_owned()) }
}

/// A mark of byte order in front is taken off.
pub fn decode(encoding: Encoding, bytes: &[u8]) -> Result<String, TextError> {
    let bytes = match encoding {
        Encoding::Utf8 => bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes),
        _ => bytes,
    };
    of(encoding)
        .decode_without_bom_handling_and_without_replacement(bytes)
        .map(std::borrow::Cow::into_owned)
        .ok_or(TextError::Unreadable)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_cannot_be_written_is_an_error_and_never_another_name() {
        // 𬱖 is in GB18030 and not in GBK.
        assert_eq!(encode(Encoding::Gbk, "𬱖晓"), Err(TextError::Unwritable));
        let bytes = encode(Encoding::Gb18030, "𬱖晓").unwrap();
        assert_eq!(decode(Encoding::Gb18030, &bytes).unwrap(), "𬱖晓");
        assert_eq!(encode(Encoding::Gbk, "林").unwrap(), [0xC1, 0xD6]);
        // Half a character.
        assert_eq!(decode(Encoding::Gbk, &[0xC1, 0xD6, 0xC1]), Err(TextError::Unreadable));
        assert_eq!(decode(Encoding::Utf8, b"\xEF\xBB\xBFa").unwrap(), "a");
        assert_eq!(decode(Encoding::Utf8, &[0xC1, 0xD6]), Err(TextError::Unreadable));
    }

    proptest! {
        #[test]
        fn what_crosses_comes_back_the_same(text in "\\PC*") {
            for encoding in [Encoding::Utf8, Encoding::Gbk, Encoding::Gb18030] {
                if let Ok(bytes) = encode(encoding, &text) {
                    prop_assert_eq!(decode(encoding, &bytes).unwrap(), text.as_str());
                }
            }
        }
    }
}
