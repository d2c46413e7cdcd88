//! What a file is, by what it holds: its name and what the browser says of it count for nothing.

/// The kinds that are taken. Pictures are drawn anew, documents are looked through; there is no third way in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Pdf,
    Jpeg,
    Png,
}

impl Kind {
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Jpeg, Self::Png];
    /// So many bytes of a file say what it is.
    pub const HEAD: usize = 8;

    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// How names of such files end.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }

    pub fn named(media_type: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.media_type() == media_type)
    }

    /// What begins so. It must begin so from its first byte: what has something before it is two files in one.
    pub fn of(head: &[u8]) -> Option<Self> {
        if head.starts_with(b"%PDF-") {
            Some(Self::Pdf)
        } else if head.starts_with(b"\xff\xd8\xff") {
            Some(Self::Jpeg)
        } else if head.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else {
            None
        }
    }
}

/// The name under which a file is shown and given out: one line, no folders, and the ending of what it is.
pub fn name_of(given: &str, kind: Kind) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let hidden = |c: &char| {
        !yimen_contract::text::is_unprintable(*c)
            && !matches!(c, '"' | '<' | '>' | '|' | ':' | '*' | '?' | '%')
    };
    let plain: String = last.chars().filter(hidden).collect();
    let stem = plain.rsplit_once('.').map_or(plain.as_str(), |(stem, _)| stem);
    let stem: String = stem.trim_matches(['.', ' ']).chars().take(60).collect();
    let stem = if stem.is_empty() { "file" } else { stem.trim_end() };
    format!("{stem}.{}", kind.ending())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_without_a_path_and_ends_as_what_it_is() {
        for (given, shown) in [
            ("户口簿 首页.JPEG", "户口簿 首页.pdf"),
            ("../../etc/passwd", "passwd.pdf"),
            ("C:\\Users\\lin\\合同.pdf.exe", "合同.pdf.pdf"),
            ("..", "file.pdf"),
            ("", "file.pdf"),
            ("a\u{202e}fdp.exe", "afdp.pdf"),
            ("x\"; filename=y.html", "x; filename=y.pdf"),
        ] {
            assert_eq!(name_of(given, Kind::Pdf), shown, "{given}");
        }
        assert!(name_of(&"长".repeat(500), Kind::Png).chars().count() <= 64);
    }

    #[test]
    fn a_file_is_what_it_begins_as() {
        assert_eq!(Kind::of(b"%PDF-1.7\n"), Some(Kind::Pdf));
        for other in [
            &b""[..],
            b"<svg xmlns=",
            b"<!DOCTYPE html>",
            b"PK\x03\x04",
            b" %PDF-1.7",
            b"GIF89a",
            b"RIFF\0\0\0\0WEBP",
        ] {
            assert_eq!(Kind::of(other), None, "{other:?}");
        }
    }
}
