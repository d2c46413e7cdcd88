//! Questions that hang on others: `if`, `dependentRequired` and the hint `x-show-when`. Only what leaves no doubt is
//! taken: what decides is asked before, and is there when it decides.

use serde_json::Value;
use yimen_contract::json::joined;

use super::{Reader, words};
use crate::condition::{Condition, Is, Test};
use crate::model::{Field, Kind};

impl Reader<'_> {
    pub(super) fn cases(&mut self, schema: &Value, path: &str, fields: &mut [Field]) {
        self.case(schema, path, fields);
        let all = joined(path, "allOf");
        match schema.get("allOf") {
            None => {}
            Some(Value::Array(list)) => {
                for (at, case) in list.iter().enumerate() {
                    let place = format!("{all}[{at}]");
                    self.known(case, &place, words::CASE);
                    if case.get("if").is_none() {
                        self.mistakes.error(&place, "This is no case.", "Write { \"if\": …, \"then\": … }.");
                    }
                    self.case(case, &place, fields);
                }
            }
            Some(_) => self.mistakes.error(&all, "This is no list of cases.", "Write [{ \"if\": … }]."),
        }
        self.dependents(schema, path, fields);
        self.shown(schema, path, fields);
    }

    fn case(&mut self, schema: &Value, path: &str, fields: &mut [Field]) {
        let Some(when) = schema.get("if") else {
            for word in ["then", "else"].into_iter().filter(|word| schema.get(word).is_some()) {
                self.mistakes.error(
                    &joined(path, word),
                    "There is no `if` to this.",
                    "Add it, or remove this.",
                );
            }
            return;
        };
        let place = joined(path, "if");
        let Some(tests) = self.tests(when, &place, fields) else { return };
        if schema.get("then").is_none() && schema.get("else").is_none() {
            self.mistakes.error(
                &place,
                "Nothing follows from this.",
                "Add \"then\": { \"required\": [\"…\"] }.",
            );
        }
        for (word, holds) in [("then", true), ("else", false)] {
            let Some(then) = schema.get(word) else { continue };
            let place = joined(path, word);
            self.known(then, &place, &["required", "$comment"]);
            let names = self.names(then.get("required"), &joined(&place, "required"));
            if names.is_empty() {
                let remedy = "Write { \"required\": [\"…\"] }: those questions are asked then.";
                self.mistakes.error(&place, "Nothing is asked in this case.", remedy);
            }
            for name in names {
                self.demand(name, Condition { tests: tests.clone(), holds }, &place, fields);
            }
        }
    }

    fn dependents(&mut self, schema: &Value, path: &str, fields: &mut [Field]) {
        let Some(dependents) = schema.get("dependentRequired") else { return };
        let place = joined(path, "dependentRequired");
        let Some(table) = dependents.as_object() else {
            return self.mistakes.error(&place, "This is no table.", "Write { \"a\": [\"b\"] }.");
        };
        for (decider, names) in table {
            let place = joined(&place, decider);
            if !self.exists(decider, &place, fields) {
                continue;
            }
            let test = Test { field: decider.clone(), is: Is::Answered, certain: false };
            for name in self.names(Some(names), &place) {
                self.demand(name, Condition { tests: vec![test.clone()], holds: true }, &place, fields);
            }
        }
    }

    /// The question must be answered in this case.
    fn demand(&mut self, name: &str, case: Condition, place: &str, fields: &mut [Field]) {
        if !self.exists(name, place, fields) {
            return;
        }
        self.comes_after(name, &case, place, fields);
        if let Some(field) = fields.iter_mut().find(|field| field.name == name) {
            field.demanded.push(case);
        }
    }

    fn exists(&mut self, name: &str, place: &str, fields: &[Field]) -> bool {
        let known = fields.iter().any(|field| field.name == name);
        if !known {
            let message = format!("There is no question `{name}` here.");
            self.mistakes.error(place, message, "Correct the name, or add the question.");
        }
        known
    }

    fn comes_after(&mut self, name: &str, case: &Condition, place: &str, fields: &[Field]) {
        let own = fields.iter().position(|field| field.name == name).unwrap_or(0);
        for decider in case.fields() {
            if fields.iter().position(|field| field.name == decider).is_some_and(|at| at >= own) {
                let message = format!("`{name}` hangs on `{decider}`, which is asked later.");
                self.mistakes.error(place, message, "Change `x-order`: what decides comes first.");
            }
        }
    }

    fn shown(&mut self, schema: &Value, path: &str, fields: &mut [Field]) {
        for at in 0..fields.len() {
            let name = fields[at].name.clone();
            let property = &schema["properties"][&name];
            let Some(hint) = property.get("x-show-when") else { continue };
            let place = joined(&joined(&joined(path, "properties"), &name), "x-show-when");
            let Some(table) = hint.as_object().filter(|table| !table.is_empty()) else {
                self.mistakes.error(&place, "This is no case.", "Write { \"question\": \"answer\" }.");
                continue;
            };
            if fields[at].required || !fields[at].demanded.is_empty() {
                let remedy = "Write an `if` with `then.required`: the question is asked only then, and must be answered.";
                self.mistakes.error(&place, "What may not be asked cannot be required.", remedy);
                continue;
            }
            let mut tests = Vec::new();
            for (decider, answer) in table {
                let place = joined(&place, decider);
                let answers = answer.as_array().cloned().unwrap_or_else(|| vec![answer.clone()]);
                if self.exists(decider, &place, fields) && self.possible(decider, &answers, &place, fields) {
                    tests.push(Test { field: decider.clone(), is: Is::OneOf(answers), certain: false });
                }
            }
            let case = Condition { tests, holds: true };
            self.comes_after(&name, &case, &place, fields);
            fields[at].shown = Some(case);
        }
    }

    /// What an `if` asks.
    fn tests(&mut self, when: &Value, path: &str, fields: &[Field]) -> Option<Vec<Test>> {
        self.known(when, path, &["type", "properties", "required", "$comment"]);
        let present = self.names(when.get("required"), &joined(path, "required"));
        let place = joined(path, "properties");
        let mut tests = Vec::new();
        for (name, test) in when["properties"].as_object().into_iter().flatten() {
            let place = joined(&place, name);
            if !self.exists(name, &place, fields) {
                return None;
            }
            let certain = fields.iter().any(|field| field.name == *name && field.required);
            if !certain && !present.contains(&name.as_str()) {
                let message = format!("`{name}` may be left out, and JSON Schema takes that for a yes.");
                self.mistakes.error(&place, message, format!("Add \"required\": [\"{name}\"] to the `if`."));
            }
            let is = self.test(name, test, &place, fields)?;
            tests.push(Test { field: name.clone(), is, certain });
        }
        for name in present.into_iter().filter(|name| when["properties"].get(name).is_none()) {
            if self.exists(name, path, fields) {
                tests.push(Test { field: name.to_owned(), is: Is::Answered, certain: false });
            }
        }
        if tests.is_empty() {
            self.mistakes.error(
                path,
                "This asks nothing.",
                "Write { \"properties\": { \"…\": { \"const\": … } } }.",
            );
            return None;
        }
        Some(tests)
    }

    fn test(&mut self, name: &str, test: &Value, path: &str, fields: &[Field]) -> Option<Is> {
        let (turned, plain) = match test.get("not") {
            Some(inner) => (true, inner),
            None => (false, test),
        };
        self.known(test, path, if turned { &["not"] } else { &["const", "enum", "minimum", "maximum"] });
        if turned {
            self.known(plain, &joined(path, "not"), &["const", "enum"]);
        }
        let answers = match (plain.get("const"), plain.get("enum")) {
            (Some(answer), None) => vec![answer.clone()],
            (None, Some(Value::Array(answers))) => answers.clone(),
            (None, None) if !turned => return self.between(name, test, path, fields),
            _ => {
                self.mistakes.error(
                    path,
                    "This cannot be compared.",
                    "Write `const`, or `enum` with a list.",
                );
                return None;
            }
        };
        if test.get("minimum").is_some() || test.get("maximum").is_some() {
            self.mistakes.error(path, "This is asked in two ways.", "Leave one of them out.");
        }
        let possible = self.possible(name, &answers, path, fields);
        possible.then_some(if turned { Is::NoneOf(answers) } else { Is::OneOf(answers) })
    }

    fn between(&mut self, name: &str, test: &Value, path: &str, fields: &[Field]) -> Option<Is> {
        let number = |field: &Field| matches!(field.kind, Kind::Whole(_) | Kind::Money(_) | Kind::Number(_));
        let limit = |word: &str| test.get(word).map(Value::as_f64);
        let (least, most) = (limit("minimum"), limit("maximum"));
        let fits = fields.iter().any(|field| field.name == name && number(field));
        if !fits || (least, most) == (None, None) || least == Some(None) || most == Some(None) {
            let remedy = "Write `const`, `enum`, or for numbers `minimum` and `maximum`.";
            self.mistakes.error(path, "This asks nothing that can be compared.", remedy);
            return None;
        }
        Some(Is::Between(least.flatten(), most.flatten()))
    }

    /// Whether the question can be answered so. A slip of the pen here would hide a question from everybody.
    fn possible(&mut self, name: &str, answers: &[Value], path: &str, fields: &[Field]) -> bool {
        let Some(field) = fields.iter().find(|field| field.name == name) else { return false };
        let can = |answer: &Value| match &field.kind {
            Kind::Choice(choices) => choices.iter().any(|choice| answer == &choice.value),
            Kind::YesNo => answer.is_boolean(),
            Kind::Agree => answer == &Value::Bool(true),
            Kind::Whole(_) | Kind::Money(_) => answer.is_i64() || answer.is_u64(),
            Kind::Text(_) => answer.is_string(),
            _ => false,
        };
        let all = !answers.is_empty() && answers.iter().all(can);
        if !all {
            let message = format!("`{name}` is never answered so.");
            self.mistakes.error(path, message, "Write what the question can be answered with.");
        }
        all
    }
}
