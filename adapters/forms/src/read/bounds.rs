//! Limits: of lengths, numbers and days.

use serde_json::Value;
use yimen_contract::json::joined;

use super::Reader;
use crate::model::{Edge, Range};

impl Reader<'_> {
    /// A count of characters or items, at most `most`.
    pub(super) fn count(&mut self, schema: &Value, word: &str, path: &str, most: usize) -> Option<usize> {
        let value = schema.get(word)?;
        let count =
            value.as_u64().and_then(|count| usize::try_from(count).ok()).filter(|count| *count <= most);
        if count.is_none() {
            let message = format!("This is no whole number from 0 to {most}.");
            self.mistakes.error(&joined(path, word), message, "Write such a number, or leave it out.");
        }
        count
    }

    /// The limits of a whole number, those that exclude the limit itself included.
    pub(super) fn whole_range(&mut self, schema: &Value, path: &str) -> Range<i64> {
        let mut word = |word: &str| {
            let value = schema.get(word)?;
            let whole = value.as_i64().filter(|whole| whole.unsigned_abs() < 1 << 53);
            if whole.is_none() {
                self.mistakes.error(
                    &joined(path, word),
                    "This is no whole number.",
                    "Write one, or leave it out.",
                );
            }
            whole
        };
        let least = [word("minimum"), word("exclusiveMinimum").map(|most| most + 1)];
        let most = [word("maximum"), word("exclusiveMaximum").map(|least| least - 1)];
        let step = word("multipleOf");
        if step.is_some_and(|step| step < 1) {
            self.mistakes.error(&joined(path, "multipleOf"), "A step is at least 1.", "Write such a number.");
        }
        let range = Range {
            least: least.into_iter().flatten().max(),
            most: most.into_iter().flatten().min(),
            step: step.filter(|step| *step > 0),
        };
        self.ordered(range.least, range.most, path);
        range
    }

    /// The limits of a number with decimals.
    pub(super) fn number_range(&mut self, schema: &Value, path: &str) -> Range<f64> {
        for word in ["exclusiveMinimum", "exclusiveMaximum", "multipleOf"] {
            if schema.get(word).is_some() {
                let remedy = "Write `minimum` and `maximum`, or ask for a whole number.";
                self.mistakes.error(&joined(path, word), "A number with decimals has no such limit.", remedy);
            }
        }
        let mut word = |word: &str| {
            let value = schema.get(word)?;
            let number = value.as_f64().filter(|number| number.abs() < 1e15);
            if number.is_none() {
                self.mistakes.error(&joined(path, word), "This is no number.", "Write one, or leave it out.");
            }
            number
        };
        let range = Range { least: word("minimum"), most: word("maximum"), step: None };
        self.ordered(range.least, range.most, path);
        range
    }

    /// Refuses limits between which there is nothing.
    pub(super) fn ordered<T: PartialOrd>(&mut self, least: Option<T>, most: Option<T>, path: &str) {
        if least.zip(most).is_some_and(|(least, most)| least > most) {
            self.mistakes.error(path, "No answer lies between these limits.", "Correct the limits.");
        }
    }

    /// `today`, `today-18Y`, `today+30D`, `today+6M`, `2026-01-01`, or another day of the same group.
    pub(super) fn edge(&mut self, schema: &Value, word: &str, path: &str) -> Option<Edge> {
        let value = schema.get(word)?;
        let edge = match value {
            Value::String(text) => day(text),
            Value::Object(table) if table.len() == 1 => {
                table.get("field").and_then(Value::as_str).map(|name| Edge::Field(name.to_owned()))
            }
            _ => None,
        };
        if edge.is_none() {
            let remedy =
                "Write `today`, `today-18Y`, `today+30D`, `today+6M`, `2026-01-01`, or { \"field\": \"…\" }.";
            self.mistakes.error(&joined(path, word), "This is no day.", remedy);
        }
        edge
    }
}

fn day(text: &str) -> Option<Edge> {
    let Some(distance) = text.strip_prefix("today") else { return text.parse().ok().map(Edge::Day) };
    if distance.is_empty() {
        return Some(Edge::Today { days: 0, months: 0 });
    }
    let back = distance.starts_with('-');
    let distance = distance.strip_prefix(['-', '+'])?;
    let (number, unit) = distance.split_at_checked(distance.len().checked_sub(1)?)?;
    let plain = (1..=4).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    let number: i32 = number.parse().ok().filter(|_| plain)?;
    let number = if back { -number } else { number };
    match unit {
        "D" => Some(Edge::Today { days: number.into(), months: 0 }),
        "M" => Some(Edge::Today { days: 0, months: number }),
        "Y" => Some(Edge::Today { days: 0, months: number * 12 }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_before_and_after_today() {
        assert_eq!(day("today"), Some(Edge::Today { days: 0, months: 0 }));
        assert_eq!(day("today-18Y"), Some(Edge::Today { days: 0, months: -216 }));
        assert_eq!(day("today+30D"), Some(Edge::Today { days: 30, months: 0 }));
        for text in [
            "",
            "today+",
            "today-",
            "today-D",
            "today30D",
            "today+3W",
            "today+一D",
            "yesterday",
            "today+99999D",
            "todayé",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
