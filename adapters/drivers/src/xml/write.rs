//! JSON as XML: the other way of the table above.

use quick_xml::escape::escape;
use serde_json::{Map, Value};

use yimen_contract::agency::Encoding;

use super::XmlError;
use crate::text::{self, TextError};

/// How elements are written.
#[derive(Debug, Clone, Copy, Default)]
pub struct Style<'s> {
    /// In front of every element's name, with its colon.
    pub prefix: &'s str,
    /// The order of fields; those not named follow, by name.
    pub order: &'s [String],
}

impl Style<'_> {
    /// Writes a value as elements of a name. Fields of the name `@x` become attributes.
    pub fn write(&self, out: &mut String, name: &str, value: &Value) -> Result<(), XmlError> {
        if !is_name(name) {
            return Err(XmlError::Name);
        }
        match value {
            Value::Null => return Ok(()),
            Value::Array(list) => return list.iter().try_for_each(|one| self.write(out, name, one)),
            _ => {}
        }
        let prefix = self.prefix;
        out.extend(["<", prefix, name]);
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    let Some(name) = name.strip_prefix('@') else { continue };
                    if !is_name(name) {
                        return Err(XmlError::Name);
                    }
                    out.extend([" ", name, "=\"", &escaped(&plain(value))?, "\""]);
                }
                out.push('>');
                self.fields(out, fields)?;
            }
            other => {
                out.push('>');
                out.push_str(&escaped(&plain(other))?);
            }
        }
        out.extend(["</", prefix, name, ">"]);
        Ok(())
    }

    /// Writes the fields of an object one after the other.
    pub fn fields(&self, out: &mut String, fields: &Map<String, Value>) -> Result<(), XmlError> {
        let place = |name: &str| self.order.iter().position(|one| one == name).unwrap_or(usize::MAX);
        let mut ordered: Vec<(&String, &Value)> = fields.iter().collect();
        ordered.sort_by_key(|(name, _)| place(name));
        for (name, value) in ordered {
            match name.as_str() {
                "#text" => out.push_str(&escaped(&plain(value))?),
                name if name.starts_with('@') => {}
                name => self.write(out, name, value)?,
            }
        }
        Ok(())
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A text as it may stand in an element or an attribute.
pub fn escaped(text: &str) -> Result<String, XmlError> {
    let bad = |c: char| (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}');
    if text.contains(bad) { Err(XmlError::Character) } else { Ok(escape(text).into_owned()) }
}

/// Letters, digits and a few signs; backends of this city have Chinese names for elements too.
pub fn is_name(name: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    name.len() <= 100 && name.starts_with(|c: char| c.is_alphabetic() || c == '_') && name.chars().all(plain)
}

/// A document as bytes. What the encoding does not have is written by its number: in XML that is the same
/// character.
pub fn encoded(encoding: Encoding, document: &str) -> Result<Vec<u8>, TextError> {
    if let Ok(bytes) = text::encode(encoding, document) {
        return Ok(bytes);
    }
    let mut bytes = Vec::with_capacity(document.len());
    let mut inside_name = false;
    for character in document.chars() {
        // Between `<` and `>` stand names too, and a name cannot be written by numbers.
        inside_name = match character {
            '<' => true,
            '>' => false,
            _ => inside_name,
        };
        match text::encode(encoding, character.encode_utf8(&mut [0; 4])) {
            Ok(one) => bytes.extend(one),
            Err(error) if inside_name => return Err(error),
            Err(_) => bytes.extend(format!("&#{};", u32::from(character)).bytes()),
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn fields_become_elements_in_the_order_asked_for() {
        let value = json!({ "z": "<&", "b": null, "a": [1, true], "m": { "@k": "\"", "#text": "林" } });
        let order = ["z".to_owned(), "m".to_owned()];
        let mut out = String::new();
        Style { prefix: "n:", order: &order }.write(&mut out, "q", &value).unwrap();
        let expected = "<n:q><n:z>&lt;&amp;</n:z><n:m k=\"&quot;\">林</n:m><n:a>1</n:a><n:a>true</n:a></n:q>";
        assert_eq!(out, expected);
        for (value, error) in [
            (json!({ "a b": 1 }), XmlError::Name),
            (json!({ "a><b": 1 }), XmlError::Name),
            (json!({ "@a=''": 1 }), XmlError::Name),
            (json!({ "a": "\u{0}" }), XmlError::Character),
        ] {
            assert_eq!(Style::default().write(&mut String::new(), "q", &value), Err(error), "{value}");
        }
    }
}
