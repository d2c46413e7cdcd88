//! Whether a PDF is inert: a paper to be read, and nothing that does something when it is opened.
//!
//! It is looked through as it comes in, without being held: every name that stands anywhere in it, and in everything in
//! it that can be unpacked, is compared with those of actions and of files within files. What cannot be looked through
//! (encrypted, or objects packed in a way that this does not read) is refused as well. A document that merely writes
//! about such names may be refused with them; it can be handed in as a picture.

use flate2::{Decompress, FlushDecompress, Status};

/// Why a PDF is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// It runs something, or carries files.
    Active,
    /// It wants a password.
    Locked,
    /// It is damaged, or packed in a way that nobody can look through.
    Unreadable,
}

/// An action, or what holds something that is one.
const ACTIVE: [&[u8]; 11] = [
    b"JavaScript",
    b"Launch",
    b"EmbeddedFile",
    b"EmbeddedFiles",
    b"SubmitForm",
    b"ImportData",
    b"RichMedia",
    b"GoToE",
    b"GoToR",
    b"XFA",
    b"Rendition",
];
/// The longest name that is compared; longer ones are none of these.
const LONGEST: usize = 24;
/// Streams that are unpacked at the same time: one may seem to begin within another.
const AT_ONCE: usize = 4;
/// No more than this is unpacked of one document.
const UNPACKED: u64 = 512 << 20;

/// Looks through a document.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is something that was seen or not")]
pub struct Look {
    words: Words,
    object: Object,
    /// Just behind the word that begins a stream, waiting for the end of its line.
    begins: bool,
    unpacking: Vec<Unpacking>,
    unpacked: u64,
    /// Objects are packed, or may be: then there must be no packing that is not read here.
    packs: bool,
    numbered: bool,
    firsts: bool,
    odd: bool,
    /// The last bytes: a whole document ends with its mark.
    end: Vec<u8>,
    refused: Option<Refused>,
}

/// What was said of the object that is being read.
#[derive(Default)]
struct Object {
    packs: bool,
    predicted: bool,
}

impl Look {
    pub fn push(&mut self, bytes: &[u8]) {
        if self.refused.is_some() {
            return;
        }
        self.end.extend_from_slice(&bytes[bytes.len().saturating_sub(1024)..]);
        let over = self.end.len().saturating_sub(1024);
        self.end.drain(..over);
        let mut from = 0;
        for (at, byte) in bytes.iter().enumerate() {
            let waited = std::mem::take(&mut self.begins);
            if let Some(word) = self.words.next(*byte) {
                self.heard(&word);
            }
            let line = *byte == b'\n';
            if waited || (self.begins && line) {
                self.begins = false;
                let start = if line { at + 1 } else { at };
                // What is being unpacked gets the bytes up to here, the new stream those behind.
                self.unpack(&bytes[from..start]);
                from = start;
                self.begin();
            }
        }
        self.unpack(&bytes[from..]);
    }

    /// What came of it, at the end of the document.
    pub fn finish(mut self) -> Result<(), Refused> {
        if let Some(word) = self.words.next(b' ') {
            self.heard(&word);
        }
        if let Some(refused) = self.refused {
            return Err(refused);
        }
        let hides = self.odd && (self.packs || (self.numbered && self.firsts));
        let whole = self.end.windows(5).any(|end| end == b"%%EOF");
        if whole && !hides { Ok(()) } else { Err(Refused::Unreadable) }
    }

    fn heard(&mut self, word: &Word) {
        match word {
            Word::Name(name) if ACTIVE.contains(&name.as_slice()) => self.refuse(Refused::Active),
            Word::Name(name) => match name.as_slice() {
                b"Encrypt" => self.refuse(Refused::Locked),
                b"ObjStm" => (self.packs, self.object.packs) = (true, true),
                b"First" => (self.firsts, self.object.packs) = (true, true),
                b"N" => self.numbered = true,
                b"Predictor" => self.object.predicted = true,
                b"LZWDecode" | b"LZW" | b"ASCII85Decode" | b"A85" | b"ASCIIHexDecode" | b"AHx"
                | b"RunLengthDecode" | b"RL" | b"Crypt" => self.odd = true,
                _ => {}
            },
            Word::Plain(word) => match word.as_slice() {
                b"obj" => self.object = Object::default(),
                b"stream" => self.begins = true,
                _ => {}
            },
        }
    }

    fn refuse(&mut self, why: Refused) {
        self.refused = self.refused.or(Some(why));
    }

    /// A stream begins. Whatever can be unpacked is: which streams hold objects is nothing to be taken on trust.
    fn begin(&mut self) {
        let object = std::mem::take(&mut self.object);
        if object.packs && object.predicted {
            return self.refuse(Refused::Unreadable);
        }
        if self.unpacking.len() == AT_ONCE {
            self.unpacking.remove(0);
        }
        let (inflate, words) = (Decompress::new(true), Words::default());
        self.unpacking.push(Unpacking { inflate, words, again: None, begun: false });
    }

    fn unpack(&mut self, bytes: &[u8]) {
        let (mut left, mut refused) = (UNPACKED - self.unpacked.min(UNPACKED), None);
        self.unpacking.retain_mut(|one| match one.push(bytes, &mut left) {
            Ok(more) => more,
            Err(why) => {
                refused = refused.or(Some(why));
                false
            }
        });
        self.unpacked = UNPACKED - left;
        if let Some(why) = refused {
            self.refuse(why);
        }
    }
}

/// Something that may be packed; packed twice, it is unpacked twice.
struct Unpacking {
    inflate: Decompress,
    words: Words,
    again: Option<Box<Unpacking>>,
    begun: bool,
}

impl Unpacking {
    /// Whether there may be more to come. What cannot be unpacked (further) ends: nobody else can either.
    fn push(&mut self, mut bytes: &[u8], left: &mut u64) -> Result<bool, Refused> {
        let mut out = vec![0; 16 * 1024];
        loop {
            let (read, made) = (self.inflate.total_in(), self.inflate.total_out());
            let status = self.inflate.decompress(bytes, &mut out, FlushDecompress::None);
            let read = usize::try_from(self.inflate.total_in() - read).map_err(|_| Refused::Unreadable)?;
            let made = usize::try_from(self.inflate.total_out() - made).map_err(|_| Refused::Unreadable)?;
            *left = left.checked_sub(made as u64).ok_or(Refused::Unreadable)?;
            bytes = &bytes[read..];
            let ended = !matches!(status, Ok(Status::Ok | Status::BufError));
            self.look(&out[..made], ended, left)?;
            if ended {
                return Ok(false);
            }
            if read == 0 && made == 0 {
                return Ok(true);
            }
        }
    }

    fn look(&mut self, out: &[u8], ended: bool, left: &mut u64) -> Result<(), Refused> {
        if !self.begun && !out.is_empty() {
            self.begun = true;
            let packed = out[0] & 0x0f == 8;
            let next =
                || Self { inflate: Decompress::new(true), words: Words::default(), again: None, begun: true };
            self.again = packed.then(|| Box::new(next()));
        }
        if let Some(again) = &mut self.again
            && !again.push(out, left)?
        {
            self.again = None;
        }
        for byte in out.iter().copied().chain(ended.then_some(b' ')) {
            match self.words.next(byte) {
                Some(Word::Name(name)) if ACTIVE.contains(&name.as_slice()) => return Err(Refused::Active),
                _ => {}
            }
        }
        Ok(())
    }
}

/// A word of the document: a name behind a slash, as it is meant, or another.
enum Word {
    Name(Vec<u8>),
    Plain(Vec<u8>),
}

/// Takes words out of bytes, whatever stands between them.
#[derive(Default)]
struct Words {
    name: bool,
    word: Vec<u8>,
}

impl Words {
    fn next(&mut self, byte: u8) -> Option<Word> {
        let ends = byte.is_ascii_whitespace() || byte == 0 || b"()<>[]{}/%".contains(&byte);
        if !ends {
            // One more than the longest shows that it is longer. A name may be written with three signs for each.
            if self.word.len() <= 3 * LONGEST {
                self.word.push(byte);
            }
            return None;
        }
        let word = std::mem::take(&mut self.word);
        let was_name = std::mem::replace(&mut self.name, byte == b'/');
        if word.is_empty() {
            return None;
        }
        Some(if was_name { Word::Name(meant(&word)) } else { Word::Plain(word) })
    }
}

/// A name as it is meant: `J#61vaScript` is `JavaScript`.
fn meant(word: &[u8]) -> Vec<u8> {
    let digit = |at: usize| word.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let (mut name, mut at) = (Vec::with_capacity(word.len()), 0);
    while let Some(byte) = word.get(at) {
        let meant = digit(at + 1).zip(digit(at + 2)).filter(|_| *byte == b'#');
        name.push(meant.and_then(|(high, low)| u8::try_from(high * 16 + low).ok()).unwrap_or(*byte));
        at += if meant.is_some() { 3 } else { 1 };
    }
    name
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use proptest::prelude::*;

    use super::*;

    /// Led through in steps of any length: borders must not matter.
    fn looked(bytes: &[u8], step: usize) -> Result<(), Refused> {
        let mut look = Look::default();
        bytes.chunks(step.max(1)).for_each(|bytes| look.push(bytes));
        look.finish()
    }

    fn document(objects: &[u8]) -> Vec<u8> {
        [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", objects, b"\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"]
            .concat()
    }

    fn packed(dictionary: &str, objects: &[u8]) -> Vec<u8> {
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        packer.write_all(objects).unwrap();
        let body = packer.finish().unwrap();
        let head = format!("5 0 obj\n<< {dictionary} /Length {} >>\nstream\r\n", body.len());
        document(&[head.as_bytes(), &body, b"\nendstream\nendobj"].concat())
    }

    const PLAIN: &[u8] = b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R /OpenAction [3 0 R /Fit] >>\nendobj\n4 0 obj << /S /URI /URI (https://example.org) >> endobj";
    const OBJECTS: &str = "/Type /ObjStm /N 2 /First 12 /Filter /FlateDecode";

    #[test]
    fn a_paper_to_be_read_is_taken() {
        assert_eq!(looked(&document(PLAIN), 7), Ok(()));
        assert_eq!(looked(&packed(OBJECTS, b"1 0 2 30 << /Type /Page /JavaScripts 1 >>"), 7), Ok(()));
    }

    #[test]
    fn what_does_something_is_not() {
        for evil in [
            "1 0 obj << /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >> endobj",
            "1 0 obj<</S/J#61v#61Script/JS(1)>>endobj",
            "1 0 obj << /S /Launch /F (cmd.exe) >> endobj",
            "1 0 obj << /Names << /EmbeddedFiles 3 0 R >> >> endobj",
            "1 0 obj << /AcroForm << /XFA 3 0 R >> >> endobj",
            "1 0 obj << /Subtype /RichMedia >> endobj",
        ] {
            assert_eq!(looked(&document(evil.as_bytes()), 5), Err(Refused::Active), "{evil}");
            assert_eq!(looked(&packed(OBJECTS, evil.as_bytes()), 5), Err(Refused::Active), "{evil}");
            // Without its type it is still found by those who have its number.
            let untyped = packed("/N 2 /First 12 /Filter [/FlateDecode]", evil.as_bytes());
            assert_eq!(looked(&untyped, 5), Err(Refused::Active), "{evil}");
        }
        assert_eq!(looked(&document(b"trailer << /Encrypt 9 0 R >>"), 5), Err(Refused::Locked));
        // What cannot be looked through is not taken on trust.
        for dictionary in [
            "/Type /ObjStm /First 9 /Filter [/ASCIIHexDecode /FlateDecode]",
            "/Type 7 0 R /N 1 /First 9 /Filter /RunLengthDecode",
            "/Type /Obj#53tm /First 9 /Filter /LZWDecode",
            "/Type /ObjStm /First 9 /Filter /FlateDecode /DecodeParms << /Predictor 12 >>",
        ] {
            assert_eq!(looked(&packed(dictionary, b"x"), 5), Err(Refused::Unreadable), "{dictionary}");
        }
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        packer.write_all(b"1 0 << /S /JavaScript >>").unwrap();
        let twice =
            packed("/Type /ObjStm /First 9 /Filter [/FlateDecode /FlateDecode]", &packer.finish().unwrap());
        assert_eq!(looked(&twice, 5), Err(Refused::Active));
        assert_eq!(looked(b"%PDF-1.7\n1 0 obj << >> endobj", 5), Err(Refused::Unreadable));
    }

    proptest! {
        #[test]
        fn borders_do_not_matter(step in 1_usize..400, before in proptest::collection::vec(any::<u8>(), 0..300)) {
            let mut objects = before.clone();
            objects.extend_from_slice(b" 9 0 obj << /S /JavaScript >> endobj");
            prop_assert!(looked(&document(&objects), step).is_err());
            let hidden = packed(OBJECTS, b"1 0 << /S /Launch >>");
            prop_assert_eq!(looked(&hidden, step), Err(Refused::Active));
        }

        #[test]
        fn nothing_stops_it(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
            let _ = looked(&bytes, 64);
        }
    }
}
