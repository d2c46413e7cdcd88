//! A file's bytes as lines, with everything that is wrong with them.

use csv::{ReaderBuilder, StringRecord, Terminator, WriterBuilder};
use serde_json::{Map, Value};
use yimen_contract::{agency::Encoding, protocol::Table};
use yimen_drivers::text;

/// Nobody reads more than this about one file.
const SHOWN: usize = 1_000;
const MOST_LINES: usize = 1_000_000;

/// Something wrong with a file. It names places, never values: they are somebody's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Counted from 1, the head line first; 0 for the whole file.
    pub line: u64,
    /// Name or number of the column, where it is one's fault.
    pub column: String,
    pub problem: String,
    pub remedy: String,
}

/// What came of reading a file.
pub enum Reading {
    /// The lines by key, and the bad ones that are not among them.
    Lines { good: Vec<(String, Value)>, bad: Vec<Problem> },
    /// The whole file is refused.
    Refused(Vec<Problem>),
}

/// Reads a file of a table.
pub fn read(table: &Table, encoding: Encoding, bytes: &[u8]) -> Reading {
    match lines(table, encoding, bytes) {
        Err(problem) => Reading::Refused(vec![problem]),
        // In a file that holds everything a missing line says that there is nothing.
        Ok((_, bad)) if table.whole && !bad.is_empty() => Reading::Refused(bad),
        Ok((good, bad)) => Reading::Lines { good, bad },
    }
}

type Lines = (Vec<(String, Value)>, Vec<Problem>);

fn lines(table: &Table, encoding: Encoding, bytes: &[u8]) -> Result<Lines, Problem> {
    let text = text::decode(encoding, bytes).map_err(|_| unreadable(encoding, bytes))?;
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(table))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut records = reader.records();
    let head = records.next().and_then(Result::ok).unwrap_or_default();
    check_head(table, &head)?;
    let (mut good, mut bad, mut place) = (Vec::new(), Vec::new(), Place { at: 0, line: 1 });
    for record in records {
        // What was decoded is text, so this cannot fail; a file must not be half read if it does.
        let record = record.map_err(|_| whole("The file cannot be read.", "Write it anew."))?;
        if good.len() + bad.len() >= MOST_LINES {
            return Err(whole("The file has too many lines.", "Send several files, numbered."));
        }
        match line(table, &record) {
            Ok(line) => good.push(line),
            Err(problem) if bad.len() < SHOWN => {
                let at = record.position().map_or(0, csv::Position::byte);
                bad.push(Problem { line: place.line(&text, at), ..problem });
            }
            Err(_) => {}
        }
    }
    Ok((good, bad))
}

/// How far lines have been counted. The reader's own count is one too low behind `\r\n`.
struct Place {
    at: usize,
    line: u64,
}

impl Place {
    fn line(&mut self, text: &str, at: u64) -> u64 {
        let at = usize::try_from(at).unwrap_or(usize::MAX).min(text.len());
        let feeds = text.as_bytes()[at..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let passed = text.as_bytes().get(self.at..at + feeds).unwrap_or_default();
        self.line += passed.split(|byte| *byte == b'\n').count() as u64 - 1;
        self.at = self.at.max(at + feeds);
        self.line
    }
}

fn whole(problem: &str, remedy: &str) -> Problem {
    Problem { line: 0, column: String::new(), problem: problem.to_owned(), remedy: remedy.to_owned() }
}

/// The first line that is not in the encoding: no byte of a character is ever a line feed.
fn unreadable(encoding: Encoding, bytes: &[u8]) -> Problem {
    let bad = bytes.split(|byte| *byte == b'\n').position(|line| text::decode(encoding, line).is_err());
    Problem {
        line: bad.map_or(0, |line| line as u64 + 1),
        column: String::new(),
        problem: format!("The line is not in {}.", text::name(encoding)),
        remedy: format!("Write the whole file in {}.", text::name(encoding)),
    }
}

fn check_head(table: &Table, head: &StringRecord) -> Result<(), Problem> {
    let at = |column: usize, problem: String, remedy: String| {
        Err(Problem { line: 1, column: (column + 1).to_string(), problem, remedy })
    };
    for (column, expected) in table.columns.iter().enumerate() {
        match head.get(column) {
            Some(found) if found == expected => {}
            Some(found) if table.columns.iter().any(|name| name == found) => {
                return at(
                    column,
                    format!("`{found}` stands where `{expected}` should."),
                    "Keep the order of columns.".to_owned(),
                );
            }
            // A file without a head line begins with somebody's data, which is not repeated.
            Some(_) => {
                return at(
                    column,
                    format!("The column `{expected}` is not there."),
                    format!("Write `{expected}` here."),
                );
            }
            None => {
                return at(
                    column,
                    format!("The column `{expected}` is missing."),
                    format!("Add `{expected}` here."),
                );
            }
        }
    }
    if head.len() > table.columns.len() {
        let column = table.columns.len();
        return at(column, "There is a column that nobody knows.".to_owned(), "Remove it.".to_owned());
    }
    Ok(())
}

fn line(table: &Table, record: &StringRecord) -> Result<(String, Value), Problem> {
    let wrong = |column: &str, problem: String, remedy: &str| {
        Err(Problem { line: 0, column: column.to_owned(), problem, remedy: remedy.to_owned() })
    };
    if record.len() != table.columns.len() {
        let problem = format!("The line has {} values, not {}.", record.len(), table.columns.len());
        return wrong("", problem, "Put values that hold the delimiter into quotation marks.");
    }
    let mut fields = Map::new();
    for (name, value) in table.columns.iter().zip(record) {
        let value = value.trim();
        if value.is_empty() && (*name == table.key || table.required.contains(name)) {
            return wrong(name, format!("`{name}` is empty."), "Every line needs it.");
        }
        if value.contains(|c: char| c.is_control() && c != '\n' && c != '\r' && c != '\t') {
            return wrong(name, format!("`{name}` holds a control character."), "Remove it.");
        }
        fields.insert(name.clone(), value.into());
    }
    let key = fields.get(&table.key).and_then(Value::as_str).unwrap_or_default().to_owned();
    Ok((key, Value::Object(fields)))
}

fn delimiter(table: &Table) -> u8 {
    table.delimiter.as_ref().and_then(|text| text.bytes().next()).unwrap_or(b',')
}

/// A file of a table: the head line and the lines. The error names the field that cannot be written.
pub fn write<'v>(
    table: &Table,
    encoding: Encoding,
    lines: impl Iterator<Item = &'v Value>,
) -> Result<Vec<u8>, String> {
    let mut writer =
        WriterBuilder::new().delimiter(delimiter(table)).terminator(Terminator::CRLF).from_writer(Vec::new());
    let failed = |_| "the file cannot be made".to_owned();
    writer.write_record(&table.columns).map_err(failed)?;
    for line in lines {
        let values: Vec<String> = table.columns.iter().map(|name| plain(&line[name])).collect();
        writer.write_record(&values).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|_| "the file cannot be made".to_owned())?;
    let text = String::from_utf8(bytes).map_err(|_| "the file cannot be made".to_owned())?;
    text::encode(encoding, &text).map_err(|error| error.to_string())
}

/// Whether a line can be written, before it is taken.
pub fn check(table: &Table, encoding: Encoding, line: &Map<String, Value>) -> Result<(), String> {
    for (name, value) in line {
        if !table.columns.contains(name) {
            return Err(format!("the file has no column `{name}`"));
        }
        if value.is_array() || value.is_object() {
            return Err(format!("the field `{name}` is neither a text nor a number"));
        }
        text::encode(encoding, &plain(value)).map_err(|error| format!("the field `{name}`: {error}"))?;
    }
    let empty = |name: &&String| line.get(*name).is_none_or(|value| plain(value).is_empty());
    match table.required.iter().find(empty) {
        Some(name) => Err(format!("the field `{name}` is empty")),
        None => Ok(()),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// What is wrong with a file, as a file.
pub(crate) fn report(problems: &[Problem], encoding: Encoding) -> Result<Vec<u8>, String> {
    let columns = ["line", "column", "problem", "remedy"].map(str::to_owned).to_vec();
    let table = Table {
        name: String::new(),
        columns,
        key: "line".to_owned(),
        required: vec![],
        whole: false,
        delimiter: None,
    };
    let lines: Vec<Value> = problems
        .iter()
        .map(|one| serde_json::json!({ "line": one.line, "column": one.column, "problem": one.problem, "remedy": one.remedy }))
        .collect();
    write(&table, encoding, lines.iter())
}
