//! XML as JSON and back, so that maps see one form only.
//!
//! | XML | JSON |
//! |---|---|
//! | `<a>text</a>`, `<a/>` | `"a": "text"`, `"a": ""` (always texts: XML has no numbers) |
//! | `<a><b>1</b><c>2</c></a>` | `"a": { "b": "1", "c": "2" }` |
//! | `<a>1</a><a>2</a>` | `"a": ["1", "2"]`; a single one is no list, which maps get round with `list` |
//! | `<a x="1">t</a>` | `"a": { "@x": "1", "#text": "t" }` |
//! | `<a xsi:nil="true"/>` | `"a": null`; the other way `null` is left out |
//! | `<p:a>`, `<a xmlns="…">` | `"a"`: prefixes and namespaces are dropped |
//!
//! There are no entities beyond the five of XML itself: a document that declares any is refused unread, and
//! with it every way to make a small one swell or to have it fetch another.

mod write;

use quick_xml::{
    XmlVersion,
    events::{BytesRef, BytesStart, Event},
    reader::Reader,
};
use serde_json::{Map, Value};

pub use write::{Style, encoded, escaped, is_name};

/// Deeper than anybody builds.
const DEEPEST: usize = 60;
/// More than anybody writes; comparing each with all others must not become work.
const ATTRIBUTES: usize = 100;

/// Why a document is not taken, or cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum XmlError {
    #[error("not XML from byte {0} on")]
    Malformed(u64),
    #[error("it declares a document type, which is refused")]
    Doctype,
    #[error("it uses an entity that XML does not have")]
    Entity,
    #[error("its elements are nested too deep, or have too many attributes")]
    TooDeep,
    #[error("it has no element, or more than one")]
    NotOne,
    #[error("a field's name cannot be an element's")]
    Name,
    #[error("a text holds a character that XML does not have")]
    Character,
}

/// An element that is being read.
struct Open {
    name: String,
    fields: Map<String, Value>,
    text: String,
    nil: bool,
}

/// The outermost element's name, and what is in it.
pub fn read(text: &str) -> Result<(String, Value), XmlError> {
    let mut reader = Reader::from_str(text);
    let (mut open, mut whole) = (Vec::<Open>::new(), None);
    loop {
        let at = reader.buffer_position();
        let event = reader.read_event().map_err(|_| XmlError::Malformed(at))?;
        match event {
            Event::Start(start) => {
                if open.len() >= DEEPEST {
                    return Err(XmlError::TooDeep);
                }
                open.push(begun(&start, at)?);
            }
            Event::Empty(start) => close(begun(&start, at)?, &mut open, &mut whole)?,
            Event::End(_) => {
                let done = open.pop().ok_or(XmlError::Malformed(at))?;
                close(done, &mut open, &mut whole)?;
            }
            Event::Text(text) => write_text(&mut open, &text.xml10_content(), at)?,
            Event::CData(text) => write_text(&mut open, &text.xml10_content(), at)?,
            Event::GeneralRef(reference) => {
                let text = resolved(&reference)?;
                write_text(&mut open, &text, at)?;
            }
            Event::DocType(_) => return Err(XmlError::Doctype),
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) => {}
            Event::Eof => {
                return if open.is_empty() {
                    whole.ok_or(XmlError::NotOne)
                } else {
                    Err(XmlError::Malformed(at))
                };
            }
        }
    }
}

fn begun(start: &BytesStart<'_>, at: u64) -> Result<Open, XmlError> {
    let (mut fields, mut nil) = (Map::new(), false);
    for (count, attribute) in start.attributes().enumerate() {
        if count >= ATTRIBUTES {
            return Err(XmlError::TooDeep);
        }
        let attribute = attribute.map_err(|_| XmlError::Malformed(at))?;
        let name = attribute.key.as_ref();
        if name == "xmlns" || name.starts_with("xmlns:") {
            continue;
        }
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| XmlError::Entity)?;
        let local = attribute.key.local_name();
        if local.as_ref() == "nil" && name.contains(':') {
            nil = matches!(&*value, "true" | "1");
        } else {
            fields.insert(format!("@{}", local.as_ref()), Value::String(value.into_owned()));
        }
    }
    Ok(Open { name: start.local_name().as_ref().to_owned(), fields, text: String::new(), nil })
}

fn write_text(open: &mut [Open], text: &str, at: u64) -> Result<(), XmlError> {
    match open.last_mut() {
        Some(open) => open.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => return Err(XmlError::Malformed(at)),
    }
    Ok(())
}

fn resolved(reference: &BytesRef<'_>) -> Result<String, XmlError> {
    if let Some(character) = reference.resolve_char_ref().map_err(|_| XmlError::Entity)? {
        return Ok(character.to_string());
    }
    let text = match &*reference.xml10_content() {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "apos" => "'",
        "quot" => "\"",
        _ => return Err(XmlError::Entity),
    };
    Ok(text.to_owned())
}

fn close(done: Open, open: &mut [Open], whole: &mut Option<(String, Value)>) -> Result<(), XmlError> {
    let Open { name, mut fields, text, nil } = done;
    let value = if nil {
        Value::Null
    } else if fields.is_empty() {
        Value::String(text)
    } else {
        if !text.trim().is_empty() {
            fields.insert("#text".to_owned(), Value::String(text));
        }
        Value::Object(fields)
    };
    let Some(parent) = open.last_mut() else {
        return if whole.replace((name, value)).is_none() { Ok(()) } else { Err(XmlError::NotOne) };
    };
    match parent.fields.get_mut(&name) {
        Some(Value::Array(list)) => list.push(value),
        Some(first) => *first = Value::Array(vec![first.take(), value]),
        None => {
            parent.fields.insert(name, value);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn elements_become_fields() {
        let text = "<?xml version=\"1.0\"?><!-- a --><x:a xmlns:x=\"urn:x\" xmlns:i=\"urn:i\">\n <b> 林 &amp; &#26519;</b>\
                    <c/><d>1</d><d y='2'>3</d><e i:nil='true'/><f><![CDATA[<g>]]></f>\n</x:a>";
        let expected = json!({
            "b": " 林 & 林", "c": "", "d": ["1", { "@y": "2", "#text": "3" }], "e": null, "f": "<g>",
        });
        assert_eq!(read(text).unwrap(), ("a".to_owned(), expected));
    }

    #[test]
    fn what_swells_or_fetches_is_refused() {
        let laughs = "<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><l>&b;</l>";
        assert_eq!(read(laughs), Err(XmlError::Doctype));
        assert_eq!(read("<!DOCTYPE l SYSTEM \"http://evil.example/\"><l/>"), Err(XmlError::Doctype));
        for text in ["<l>&b;</l>", "<l x=\"&b;\"/>", "<l>&#0;</l>", "<l>&#xD800;</l>"] {
            assert_eq!(read(text), Err(XmlError::Entity), "{text}");
        }
        assert_eq!(read(&"<a>".repeat(100)), Err(XmlError::TooDeep));
        let attributes: String =
            (0..100_000).map(|n| n.to_string()).fold(String::new(), |all, n| all + " a" + &n + "=''");
        assert_eq!(read(&format!("<a{attributes}/>")), Err(XmlError::TooDeep));
        for text in ["", "<a/><b/>", " "] {
            assert_eq!(read(text), Err(XmlError::NotOne), "{text}");
        }
        for text in ["<a>", "<a></b>", "a", "<a/>x", "<a", "</a>", "<a x=1/>", "<a x='1' x='2'/>"] {
            assert!(matches!(read(text), Err(XmlError::Malformed(_))), "{text}: {:?}", read(text));
        }
    }

    proptest! {
        #[test]
        fn any_text_comes_back_and_nothing_panics(text in "\\PC*", junk in "[<>&;!\\[\\]a-c\"'/=# ]*") {
            let _ = read(&junk);
            let mut out = String::new();
            if Style::default().write(&mut out, "a", &json!({ "b": text })).is_ok() {
                prop_assert_eq!(read(&out).unwrap().1, json!({ "b": text }));
            }
        }
    }
}
