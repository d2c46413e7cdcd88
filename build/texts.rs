//! Turns the Fluent files into one Rust method per message, so that a text that is missing, misspelt or
//! called with the wrong arguments does not compile, and one that exists in a single language stops the
//! build with its name.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::Path,
};

use fluent_syntax::{
    ast::{CallArguments, Entry, Expression, InlineExpression, Message, Pattern, PatternElement, VariantKey},
    parser,
};

const LANGUAGES: [&str; 2] = ["zh-CN", "en"];

struct Text {
    file: String,
    /// Names of the arguments, in alphabetical order.
    arguments: BTreeSet<String>,
    /// The whole text, when nothing in it depends on an argument.
    plain: Option<String>,
}

pub fn generate(locales: &Path, output: &Path) {
    let mut sources = Vec::new();
    let mut languages = Vec::new();
    for language in LANGUAGES {
        let mut texts = BTreeMap::new();
        let mut source = String::new();
        for (name, path) in super::files::below(&locales.join(language)) {
            if path.extension().is_none_or(|extension| extension != "ftl") {
                continue;
            }
            let content = fs::read_to_string(&path).expect("a readable locale file");
            read(&format!("locales/{language}/{name}"), &content, &mut texts);
            source.push_str(&content);
            source.push('\n');
        }
        languages.push(texts);
        sources.push(source);
    }
    let [chinese, english] = &languages[..] else { unreachable!("two languages") };
    compare(chinese, english);
    fs::write(output, code(chinese, english, &sources)).expect("a writable output folder");
}

fn read(file: &str, content: &str, texts: &mut BTreeMap<String, Text>) {
    let resource = parser::parse(content).unwrap_or_else(|(_, errors)| {
        let error = &errors[0];
        let line = content[..error.pos.start].lines().count().max(1);
        panic!("{file}:{line}: {error}");
    });
    for entry in resource.body {
        match entry {
            Entry::Message(Message { id, value: Some(pattern), attributes, .. }) => {
                assert!(attributes.is_empty(), "{file}: {}: attributes are not used here", id.name);
                let mut arguments = BTreeSet::new();
                collect(file, &pattern, &mut arguments);
                let text = Text { file: file.to_owned(), arguments, plain: plain(&pattern) };
                let previous = texts.insert(id.name.to_owned(), text);
                assert!(previous.is_none(), "{file}: {} is written twice", id.name);
            }
            Entry::Message(message) => panic!("{file}: {} has no text", message.id.name),
            Entry::Term(term) => panic!("{file}: -{}: terms are not used here", term.id.name),
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
            Entry::Junk { content } => panic!("{file}: cannot be read: {content}"),
        }
    }
}

fn plain(pattern: &Pattern<&str>) -> Option<String> {
    let mut text = String::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value }
            | PatternElement::Placeable {
                expression: Expression::Inline(InlineExpression::StringLiteral { value }),
            } => text.push_str(value),
            PatternElement::Placeable { .. } => return None,
        }
    }
    Some(text)
}

fn collect(file: &str, pattern: &Pattern<&str>, arguments: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(inline) => collect_inline(file, inline, arguments),
            Expression::Select { selector, variants } => {
                collect_inline(file, selector, arguments);
                let mut keys = BTreeSet::new();
                for variant in variants {
                    let (VariantKey::Identifier { name: key } | VariantKey::NumberLiteral { value: key }) =
                        &variant.key;
                    // The first would be said, and whoever changes the second wonders why.
                    assert!(keys.insert(*key), "{file}: [{key}] stands twice in one choice");
                    collect(file, &variant.value, arguments);
                }
            }
        }
    }
}

fn collect_inline(file: &str, inline: &InlineExpression<&str>, arguments: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            arguments.insert(id.name.to_owned());
        }
        InlineExpression::FunctionReference { arguments: CallArguments { positional, .. }, .. } => {
            for argument in positional {
                collect_inline(file, argument, arguments);
            }
        }
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        other => panic!("{file}: {other:?}: messages do not refer to one another here"),
    }
}

/// Both languages say the same things, with the same arguments.
fn compare(chinese: &BTreeMap<String, Text>, english: &BTreeMap<String, Text>) {
    let mut mistakes = Vec::new();
    for (id, text) in chinese {
        match english.get(id) {
            None => mistakes.push(format!("{}: {id} has no English text", text.file)),
            Some(other) if other.arguments != text.arguments => mistakes.push(format!(
                "{}: {id} takes {:?}, but {:?} in English",
                text.file, text.arguments, other.arguments
            )),
            Some(_) => {}
        }
    }
    for (id, text) in english {
        if !chinese.contains_key(id) {
            mistakes.push(format!("{}: {id} has no Chinese text", text.file));
        }
    }
    assert!(mistakes.is_empty(), "the languages disagree:\n{}", mistakes.join("\n"));
}

/// `valid_until` → `ValidUntil`.
fn type_name(argument: &str) -> String {
    let mut name = String::new();
    for part in argument.split(['_', '-']) {
        let mut letters = part.chars();
        name.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        name.push_str(letters.as_str());
    }
    name
}

fn code(chinese: &BTreeMap<String, Text>, english: &BTreeMap<String, Text>, sources: &[String]) -> String {
    let mut code = String::from("impl Texts {\n");
    let mut names = BTreeSet::new();
    for (id, text) in chinese {
        let name = id.replace('-', "_");
        let other = &english[id];
        if let (Some(zh), Some(en)) = (&text.plain, &other.plain) {
            writeln!(
                code,
                "    pub fn {name}(self) -> &'static str {{\n        self.choose({zh:?}, {en:?})\n    }}"
            )
            .expect("writing to a string");
            continue;
        }
        let (mut parameters, mut values) = (String::new(), String::new());
        let several = text.arguments.len() > 1;
        for argument in &text.arguments {
            if several {
                let kind = type_name(argument);
                write!(parameters, ", named::{kind}({argument}): named::{kind}<impl Value<'a>>")
                    .expect("writing to a string");
                names.insert(kind);
            } else {
                write!(parameters, ", {argument}: impl Value<'a>").expect("writing to a string");
            }
            write!(values, "({argument:?}, {argument}.value()), ").expect("writing to a string");
        }
        writeln!(
            code,
            "    pub fn {name}<'a>(self{parameters}) -> String {{\n        self.format({id:?}, [{values}])\n    }}",
        )
        .expect("writing to a string");
    }
    code.push_str("}\n");
    code.push_str("/// Names for the arguments of texts that take several, so that no two can be swapped.\n");
    code.push_str("pub mod named {\n");
    for name in names {
        writeln!(code, "    pub struct {name}<V>(pub V);").expect("writing to a string");
    }
    code.push_str("}\n");
    for (name, source) in ["CHINESE", "ENGLISH"].iter().zip(sources) {
        writeln!(code, "const {name}: &str = {source:?};").expect("writing to a string");
    }
    code
}
