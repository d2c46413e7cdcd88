//! What a question is called, in both languages.

use serde_json::Value;
use yimen_contract::{Bilingual, json::joined};

use super::Reader;

impl Reader<'_> {
    /// `x-label`, else the title. A question without a name cannot be asked.
    pub(super) fn label(&mut self, schema: &Value, path: &str) -> Option<Bilingual> {
        if let Some(label) = schema.get("x-label") {
            return self.bilingual(label, &joined(path, "x-label"));
        }
        match schema["title"].as_str().map(str::trim) {
            Some(title) if !title.is_empty() => {
                self.mistakes.warning(
                    path,
                    "It has a name in one language only.",
                    "Add \"x-label\": { \"zh\": \"…\", \"en\": \"…\" }.",
                );
                Some(Bilingual::new(title, ""))
            }
            _ => {
                let remedy = "Add \"x-label\": { \"zh\": \"…\", \"en\": \"…\" }.";
                self.mistakes.error(path, "Nothing says what people are asked here.", remedy);
                None
            }
        }
    }

    /// `x-hint`, else the description.
    pub(super) fn hint(&mut self, schema: &Value, path: &str) -> Option<Bilingual> {
        match schema.get("x-hint") {
            Some(hint) => self.bilingual(hint, &joined(path, "x-hint")),
            None => schema["description"].as_str().map(|text| Bilingual::new(text, "")),
        }
    }

    pub(super) fn bilingual(&mut self, value: &Value, path: &str) -> Option<Bilingual> {
        let read = value.as_object().and_then(|table| {
            let known = table.keys().all(|key| key == "zh" || key == "en");
            let text = |key: &str| table.get(key).map_or(Some(""), Value::as_str);
            Some(Bilingual::new(text("zh")?, text("en")?)).filter(|text| known && !text.is_empty())
        });
        if read.is_none() {
            let remedy = "Write { \"zh\": \"…\", \"en\": \"…\" }; Chinese may not be left out.";
            self.mistakes.error(path, "This is no text in both languages.", remedy);
        }
        read
    }
}
