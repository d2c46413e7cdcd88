//! The questions of a survey, and the form they make: of the kind that packages have.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use yimen_contract::Bilingual;

/// So many questions a survey has at most: longer ones nobody finishes.
pub const MOST: usize = 40;
/// So many choices a question has at most.
pub const CHOICES: usize = 50;
/// The longest answer in words.
const WORDS: u32 = 2000;
const LINE: u32 = 200;
/// The largest file that answers a question.
pub const LARGEST_FILE: u64 = 20 << 20;
/// Counted numbers stay far from the end of what a column holds.
const LARGEST: i64 = 1_000_000_000;

/// What kind of answer a question has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Asked {
    /// One of the choices.
    One,
    /// Some of the choices.
    Several,
    YesNo,
    /// A whole number.
    Number,
    Date,
    /// A few words.
    Line,
    /// As much as somebody has to say.
    Long,
    /// A document or a picture, under the person's name.
    File,
}

impl Asked {
    pub const ALL: [Self; 8] =
        [Self::One, Self::Several, Self::YesNo, Self::Number, Self::Date, Self::Line, Self::Long, Self::File];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Several => "several",
            Self::YesNo => "yes-no",
            Self::Number => "number",
            Self::Date => "date",
            Self::Line => "line",
            Self::Long => "long",
            Self::File => "file",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|asked| asked.tag() == tag)
    }

    pub const fn has_choices(self) -> bool {
        matches!(self, Self::One | Self::Several)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its name in the form, `q1`, `q2` …: it stays while words are changed.
    pub name: String,
    pub asked: Asked,
    pub label: Bilingual,
    pub hint: Bilingual,
    pub required: bool,
    /// In the order of the page. Their values are `1`, `2` …
    pub choices: Vec<Bilingual>,
}

impl Question {
    /// The choices with their values.
    pub fn valued(&self) -> impl Iterator<Item = (String, &Bilingual)> {
        self.choices.iter().enumerate().map(|(at, label)| ((at + 1).to_string(), label))
    }

    /// The words of a choice.
    pub fn choice(&self, value: &str) -> Option<&Bilingual> {
        self.valued().find(|(known, _)| known == value).map(|(_, label)| label)
    }

    /// An answer with the words of its choices, as it was put in Chinese.
    pub(super) fn in_words(&self, answer: &Value) -> Value {
        let choice =
            |value: &str| self.choice(value).map_or_else(|| value.to_owned(), |label| label.zh.clone());
        match answer {
            Value::String(value) if self.asked.has_choices() => choice(value).into(),
            Value::Array(values) => values.iter().filter_map(Value::as_str).map(choice).collect(),
            other => other.clone(),
        }
    }

    fn schema(&self) -> Value {
        let mut schema = match self.asked {
            Asked::One => json!({ "type": "string", "enum": self.values(), "x-choices": self.labels() }),
            Asked::Several => json!({
                "type": "array",
                "uniqueItems": true,
                "minItems": u8::from(self.required),
                "items": { "type": "string", "enum": self.values(), "x-choices": self.labels() },
            }),
            Asked::YesNo => json!({ "type": "boolean" }),
            Asked::Number => json!({ "type": "integer", "minimum": 0, "maximum": LARGEST }),
            Asked::Date => json!({ "type": "string", "format": "date" }),
            Asked::Line => json!({ "type": "string", "minLength": 1, "maxLength": LINE }),
            Asked::Long => json!({ "type": "string", "minLength": 1, "maxLength": WORDS, "x-lines": 6 }),
            // What they begin as is looked at; the form only needs to know that the answer is a file.
            Asked::File => json!({ "type": "string", "x-kind": "file", "x-max-bytes": LARGEST_FILE }),
        };
        schema["x-label"] = words(&self.label);
        if !self.hint.is_empty() {
            schema["x-hint"] = words(&self.hint);
        }
        schema
    }

    fn values(&self) -> Vec<String> {
        self.valued().map(|(value, _)| value).collect()
    }

    fn labels(&self) -> Value {
        self.valued().map(|(value, label)| (value, words(label))).collect::<Map<_, _>>().into()
    }
}

fn words(text: &Bilingual) -> Value {
    if text.en.is_empty() { json!({ "zh": text.zh }) } else { json!({ "zh": text.zh, "en": text.en }) }
}

/// The form: all questions on one page, in their order.
pub fn schema(questions: &[Question]) -> Value {
    let names: Vec<&str> = questions.iter().map(|question| question.name.as_str()).collect();
    let required: Vec<&str> = questions
        .iter()
        .filter(|question| question.required)
        .map(|question| question.name.as_str())
        .collect();
    let properties: Map<String, Value> =
        questions.iter().map(|question| (question.name.clone(), question.schema())).collect();
    json!({
        "type": "object",
        "x-pages": [{ "fields": names }],
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

/// A name that no question has or had.
pub(super) fn next_name(questions: &[Question]) -> String {
    let number = |question: &Question| question.name.strip_prefix('q')?.parse::<u32>().ok();
    let last = questions.iter().filter_map(number).max().unwrap_or(0);
    format!("q{}", last + 1)
}

/// Choices as they are typed: one in each line, English after a bar.
pub fn choices(typed: &str) -> Vec<Bilingual> {
    let line = |line: &str| {
        let (zh, en) = line.split_once(['|', '｜']).unwrap_or((line, ""));
        Bilingual::new(zh.trim(), en.trim())
    };
    typed.lines().map(line).filter(|choice| !choice.is_empty()).collect()
}

/// The same the other way round, to be typed on.
pub fn typed(choices: &[Bilingual]) -> String {
    let line = |choice: &Bilingual| match choice.en.as_str() {
        "" => choice.zh.clone(),
        en => format!("{} | {en}", choice.zh),
    };
    choices.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use yimen_forms::Form;

    use super::*;

    fn question() -> impl Strategy<Value = Question> {
        let words = || "[一-龥a-z]{1,8}".prop_map(|zh| Bilingual::new(zh, ""));
        let asked = proptest::sample::select(Asked::ALL.to_vec());
        (asked, words(), any::<bool>(), proptest::collection::vec(words(), 1..6)).prop_map(
            |(asked, label, required, choices)| Question {
                name: String::new(),
                asked,
                label,
                hint: Bilingual::default(),
                required,
                choices: if asked.has_choices() { choices } else { Vec::new() },
            },
        )
    }

    proptest! {
        /// Whatever staff put together is a form.
        #[test]
        fn questions_make_a_form(all in proptest::collection::vec(question(), 1..12)) {
            let mut named: Vec<Question> = Vec::new();
            for mut question in all {
                question.name = next_name(&named);
                named.push(question);
            }
            let form = Form::read(&schema(&named)).map_err(|mistakes| TestCaseError::fail(mistakes.to_string()))?;
            let names: Vec<&str> = form.fields.iter().map(|field| field.name.as_str()).collect();
            let wanted: Vec<&str> = named.iter().map(|question| question.name.as_str()).collect();
            prop_assert_eq!(form.pages[0].fields.iter().map(String::as_str).collect::<Vec<_>>(), wanted.clone());
            prop_assert_eq!(names.len(), wanted.len());
        }
    }

    #[test]
    fn choices_are_lines_with_english_behind_a_bar() {
        let read = choices(" 赞成 | Yes \n\n反对｜No\n说不清\n");
        assert_eq!(
            read,
            [Bilingual::new("赞成", "Yes"), Bilingual::new("反对", "No"), Bilingual::new("说不清", "")]
        );
        assert_eq!(choices(&typed(&read)), read);
    }

    #[test]
    fn a_name_is_not_given_twice() {
        let question = |name: &str| Question {
            name: name.to_owned(),
            asked: Asked::Line,
            label: Bilingual::new("问", ""),
            hint: Bilingual::default(),
            required: false,
            choices: Vec::new(),
        };
        assert_eq!(next_name(&[]), "q1");
        assert_eq!(next_name(&[question("q3"), question("q1")]), "q4");
    }
}
