//! `x-pages`: which questions stand together.

use serde_json::Value;
use yimen_contract::json::joined;

use super::Reader;
use crate::model::{Field, Page};
use crate::pages;

impl Reader<'_> {
    /// The order that `x-pages` gives; nothing without it.
    pub(super) fn page_order(&mut self, schema: &Value) -> Option<Vec<String>> {
        let pages = schema.get("x-pages")?;
        if schema.get("x-order").is_some() {
            let remedy = "Remove `x-order`: the pages have an order.";
            self.mistakes.error("x-order", "The order stands in `x-pages` already.", remedy);
        }
        let Some(list) = pages.as_array().filter(|list| !list.is_empty()) else {
            let remedy = "Write [{ \"title\": …, \"fields\": [\"…\"] }].";
            self.mistakes.error("x-pages", "This is no list of pages.", remedy);
            return None;
        };
        let mut order: Vec<String> = Vec::new();
        for (at, page) in list.iter().enumerate() {
            let place = format!("x-pages[{at}].fields");
            let names = self.names(page.get("fields"), &place);
            if names.is_empty() {
                self.mistakes.error(&place, "This page asks nothing.", "Name its questions.");
            }
            for name in names {
                if schema["properties"].get(name).is_none() {
                    self.mistakes.error(
                        &place,
                        format!("There is no question `{name}`."),
                        "Correct the name.",
                    );
                } else if order.iter().any(|known| known == name) {
                    self.mistakes.error(&place, format!("`{name}` stands on two pages."), "Name it once.");
                } else {
                    order.push(name.to_owned());
                }
            }
        }
        let properties = schema["properties"].as_object().into_iter().flatten();
        for (name, _) in properties.filter(|(name, _)| !order.contains(name)) {
            self.mistakes.error("x-pages", format!("`{name}` stands on no page."), "Name it on one.");
        }
        Some(order)
    }

    /// The pages as written, or as it seems best.
    pub(super) fn pages(&mut self, schema: &Value, fields: &[Field]) -> Vec<Page> {
        let Some(list) = schema["x-pages"].as_array() else { return pages::usual(fields) };
        let mut pages = Vec::new();
        for (at, page) in list.iter().enumerate() {
            let place = format!("x-pages[{at}]");
            self.known(page, &place, &["title", "hint", "fields"]);
            let mut text = |word: &str| {
                let value = page.get(word)?;
                self.bilingual(value, &joined(&place, word))
            };
            let (title, hint) = (text("title"), text("hint"));
            let names = page["fields"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let fields: Vec<String> = names.map(str::to_owned).collect();
            let Some(id) = fields.first().cloned() else { continue };
            pages.push(Page { id, title, hint, fields });
        }
        pages
    }
}
