//! YAML as a value, within bounds: aliases are written out, so what they may come to is counted.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::{Map, Value};

/// Values in all, written out. Descriptions of whole ministries have a tenth of that.
const VALUES: usize = 400_000;
const DEEPEST: usize = 100;

/// A line, counted from 1, and what is wrong there.
pub(super) type Wrong = (usize, String);

pub(super) fn read(text: &str) -> Result<Value, Wrong> {
    let mut reader = Reader { parser: Parser::new_from_str(text), kept: HashMap::new(), values: 0, line: 1 };
    loop {
        match reader.next()? {
            Event::StreamStart | Event::DocumentStart(_) | Event::Nothing => {}
            Event::StreamEnd | Event::DocumentEnd => return Ok(Value::Null),
            first => return reader.value(first, 0),
        }
    }
}

struct Reader<'t> {
    parser: Parser<'t, saphyr_parser::StrInput<'t>>,
    /// What anchors stand for, with how many values each comes to.
    kept: HashMap<usize, (Value, usize)>,
    values: usize,
    line: usize,
}

impl<'t> Reader<'t> {
    fn next(&mut self) -> Result<Event<'t>, Wrong> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => {
                self.line = span.start.line().max(1);
                Ok(event)
            }
            Some(Err(error)) => Err((error.marker().line().max(1), error.info().to_owned())),
            None => Ok(Event::StreamEnd),
        }
    }

    fn count(&mut self, values: usize) -> Result<(), Wrong> {
        self.values += values;
        if self.values > VALUES { Err((self.line, "it comes to too many values".to_owned())) } else { Ok(()) }
    }

    fn value(&mut self, first: Event<'t>, depth: usize) -> Result<Value, Wrong> {
        if depth > DEEPEST {
            return Err((self.line, "it is nested too deep".to_owned()));
        }
        let before = self.values;
        self.count(1)?;
        let (value, anchor) = match first {
            Event::Scalar(text, style, anchor, _) => (scalar(&text, style), anchor),
            Event::Alias(anchor) => {
                let (value, size) = self.kept.get(&anchor).cloned().unwrap_or((Value::Null, 0));
                self.count(size)?;
                (value, 0)
            }
            Event::SequenceStart(anchor, _) => {
                let mut list = Vec::new();
                loop {
                    match self.next()? {
                        Event::SequenceEnd => break,
                        Event::StreamEnd => return Err((self.line, "it ends within a list".to_owned())),
                        event => list.push(self.value(event, depth + 1)?),
                    }
                }
                (Value::Array(list), anchor)
            }
            Event::MappingStart(anchor, _) => (self.mapping(depth)?, anchor),
            _ => (Value::Null, 0),
        };
        if anchor > 0 {
            let size = self.values - before;
            self.count(size)?;
            self.kept.insert(anchor, (value.clone(), size));
        }
        Ok(value)
    }

    fn mapping(&mut self, depth: usize) -> Result<Value, Wrong> {
        let mut table = Map::new();
        loop {
            let key = match self.next()? {
                Event::MappingEnd => return Ok(Value::Object(table)),
                Event::StreamEnd => return Err((self.line, "it ends within a table".to_owned())),
                event => self.value(event, depth + 1)?,
            };
            let name = match key {
                Value::String(name) => name,
                other => other.to_string(),
            };
            let event = self.next()?;
            let value = self.value(event, depth + 1)?;
            table.insert(name, value);
        }
    }
}

/// What a plain scalar means in JSON's part of YAML; whatever is quoted is a text.
fn scalar(text: &str, style: ScalarStyle) -> Value {
    if style != ScalarStyle::Plain {
        return text.into();
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => true.into(),
        "false" | "False" | "FALSE" => false.into(),
        _ => match serde_json::from_str::<Value>(text) {
            Ok(number @ Value::Number(_)) => number,
            _ => text.into(),
        },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn yaml_is_read_as_json_would_be() {
        let text = "a: &x [1, '2', true, ~]\nb: *x\n200: {c: 1.5}\nd: 3.0.1\n";
        let list = json!([1, "2", true, null]);
        assert_eq!(read(text).unwrap(), json!({ "a": list, "b": list, "200": { "c": 1.5 }, "d": "3.0.1" }));
    }

    #[test]
    fn what_swells_is_refused() {
        let mut text = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]\n".to_owned();
        for n in 1..10 {
            let all = vec![format!("*a{}", n - 1); 9].join(", ");
            text = format!("{text}a{n}: &a{n} [{all}]\n");
        }
        assert!(read(&text).unwrap_err().1.contains("too many"));
        assert!(read(&"[".repeat(5_000)).is_err());
        assert!(read("a: [1").is_err());
    }
}
