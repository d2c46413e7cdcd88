//! A map, compiled. The language is a list of what is allowed: whatever a later version of the interpreter adds
//! is not there until somebody adds it here.

use jaq_core::{
    Compiler, Ctx, Error, Exn, Filter, ValT as _, Vars,
    compile::Undefined,
    data::JustLut,
    load::{self, Arena, File, Loader, import, lex, parse::Def},
    native::{Fun, bome, run, v},
};
use jaq_json::{Num, Val};
use serde_json::Value;

use crate::{amount, date, exchange::Said, value};

type Data = JustLut<Val>;

/// Native filters of the interpreter that do nothing but compute.
const ALLOWED: &[&str] = &[
    // core
    "error_empty",
    "path",
    "path_value",
    "range",
    "keys_unsorted",
    "key_values",
    "first",
    "last",
    "limit",
    "skip",
    // numbers, texts, lists
    "floor",
    "round",
    "ceil",
    "utf8bytelength",
    "explode",
    "implode",
    "ascii_downcase",
    "ascii_upcase",
    "reverse",
    "sort",
    "sort_by",
    "group_by",
    "min_by_or_empty",
    "max_by_or_empty",
    "startswith",
    "endswith",
    "ltrimstr",
    "rtrimstr",
    "trim",
    "ltrim",
    "rtrim",
    // writing
    "escape_html",
    "unescape_html",
    "encode_uri",
    "decode_uri",
    "encode_base64",
    "decode_base64",
    "matches",
    "split_matches",
    "split_",
    // JSON
    "fromjson",
    "tojson",
    "length",
    "contains",
    "has",
    "indices",
    "bsearch",
];

/// Definitions of the interpreter's own libraries that lead to filters which are not allowed.
const LEFT_OUT: &[&str] = &[
    "stderr",
    "debug",
    "halt",
    "halt_error",
    "todate",
    "fromdate",
    "@sh",
    "logb",
    "significand",
    "pow10",
    "drem",
    "nexttoward",
    "scalb",
    "gamma",
    "input_line_number",
];

const WORDS: &str = include_str!("words.jq");

/// A program's own error that is a verdict on the call.
const VERDICT: &str = "yimen verdict";

pub(crate) struct Program(Filter<Data>);

impl Program {
    /// Compiles a map, or says where it is none.
    pub(crate) fn new(text: &str) -> Result<Self, Said> {
        let arena = Arena::default();
        let loader = Loader::new(definitions());
        let modules =
            loader.load(&arena, File { path: (), code: text }).map_err(|errors| misread(text, &errors))?;
        // Data files are imports too.
        import(&modules, |_| Err("there are no imports".to_owned()))
            .map_err(|errors| misread(text, &errors))?;
        let compiler = Compiler::default().with_funs(natives()).with_global_vars(["$call"]);
        compiler.compile(modules).map(Self).map_err(|errors| {
            let first = errors.into_iter().flat_map(|(_, errors)| errors).next();
            match first {
                Some((name, kind)) => wrong(text, name, &undefined(name, &kind)),
                None => wrong(text, "", "it cannot be compiled"),
            }
        })
    }

    /// Runs it on one value.
    pub(crate) fn run(&self, facts: &Value, input: &Value) -> Said {
        let ctx = Ctx::<Data>::new(&self.0.lut, Vars::new([value::inward(facts)]));
        let mut results = self.0.id.run((ctx, value::inward(input)));
        let result = match results.next() {
            None => return Said::NotOne,
            Some(Err(error)) => return failed(error),
            Some(Ok(result)) => result,
        };
        match results.next() {
            None => value::outward(&result).map_or_else(|why| Said::Failed(why.to_owned()), Said::Result),
            Some(Err(error)) => failed(error),
            Some(Ok(_)) => Said::NotOne,
        }
    }
}

fn definitions() -> impl Iterator<Item = Def<&'static str>> {
    let theirs = jaq_core::defs().chain(jaq_std::defs()).chain(jaq_json::defs());
    let theirs = theirs.filter(|def| !LEFT_OUT.contains(&def.name));
    theirs.chain(load::parse(WORDS, |parser| parser.defs()).unwrap_or_default())
}

fn natives() -> impl Iterator<Item = Fun<Data>> {
    let theirs = jaq_core::funs::<Data>().chain(jaq_std::funs::<Data>()).chain(jaq_json::funs::<Data>());
    theirs.filter(|(name, ..)| ALLOWED.contains(name)).chain(ours())
}

fn ours() -> impl Iterator<Item = Fun<Data>> {
    [
        run(("fen_from_yuan", v(0), |cv| bome(amount::fen_from_yuan(&cv.1).map_err(Error::str)))),
        run(("yuan_from_fen", v(0), |cv| bome(amount::yuan_from_fen(&cv.1).map_err(Error::str)))),
        run(("whole_fen", v(0), |cv| bome(amount::whole_fen(&cv.1).map_err(Error::str)))),
        run(("read_date", v(1), |mut cv| {
            let format = cv.0.pop_var();
            bome(date::read_date(&cv.1, &format).map_err(Error::str))
        })),
        run(("write_date", v(1), |mut cv| {
            let format = cv.0.pop_var();
            bome(date::write_date(&cv.1, &format).map_err(Error::str))
        })),
    ]
    .into_iter()
}

fn failed(error: Exn<'_, Val>) -> Said {
    let Ok(error) = error.get_err() else { return Said::Failed("it ended without a result".to_owned()) };
    let words = error.to_string();
    let value = error.into_val();
    let part = |name: &str| match value.clone().index(&Val::from(name.to_owned())) {
        Ok(Val::TStr(bytes)) => String::from_utf8(bytes.to_vec()).ok(),
        Ok(Val::Num(Num::Int(number))) => Some(number.to_string()),
        _ => None,
    };
    let code = || part("code").unwrap_or_default();
    match part(VERDICT).as_deref() {
        Some("refused") => Said::Refused(code()),
        Some("credentials") => Said::Credentials(code()),
        Some("busy") => Said::Busy,
        Some("unknown") => Said::Unknown,
        _ => Said::Failed(words),
    }
}

fn undefined(name: &str, kind: &Undefined) -> String {
    match kind {
        Undefined::Filter(arity) => format!("there is no filter `{name}` with {arity} arguments"),
        other => format!("there is no {} `{name}`", other.as_str()),
    }
}

fn misread(text: &str, errors: &load::Errors<&str, ()>) -> Said {
    for (_, error) in errors {
        match error {
            load::Error::Io(list) => {
                if let Some((path, _)) = list.first() {
                    return wrong(text, path, "there are no imports");
                }
            }
            load::Error::Lex(list) => {
                if let Some((expected, found)) = list.first() {
                    return match expected {
                        lex::Expect::Delim(open) => {
                            wrong(text, open, &format!("this `{open}` is never closed"))
                        }
                        other => {
                            wrong(text, found, &format!("this is no jq: {} was expected", other.as_str()))
                        }
                    };
                }
            }
            load::Error::Parse(list) => {
                if let Some((expected, found)) = list.first() {
                    return wrong(text, found, &format!("{} was expected", expected.as_str()));
                }
            }
        }
    }
    wrong(text, "", "it cannot be read")
}

/// Where in the text a part of it stands, as people count.
fn wrong(text: &str, part: &str, message: &str) -> Said {
    let at = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize);
    let at = at.filter(|at| *at <= text.len()).unwrap_or(0);
    let before = text.get(..at).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Said::Wrong { line, column, message: message.to_owned() }
}
