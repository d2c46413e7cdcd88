//! JSON as the interpreter holds it, and back.

use jaq_core::ValT as _;
use jaq_json::{Map, Num, Rc, Val};
use serde_json::{Number, Value};

/// Deeper than any answer of an agency.
const DEEPEST: usize = 100;

pub(crate) fn inward(value: &Value) -> Val {
    match value {
        Value::Null => Val::Null,
        Value::Bool(bool) => Val::Bool(*bool),
        Value::Number(number) => Val::from_num(&number.to_string()).unwrap_or_default(),
        Value::String(text) => Val::from(text.clone()),
        Value::Array(list) => Val::Arr(Rc::new(list.iter().map(inward).collect())),
        Value::Object(fields) => {
            let fields = fields.iter().map(|(name, value)| (Val::from(name.clone()), inward(value)));
            Val::obj(fields.collect::<Map>())
        }
    }
}

/// A result as JSON; the interpreter knows values that JSON does not.
pub(crate) fn outward(value: &Val) -> Result<Value, &'static str> {
    out(value, 0)
}

fn out(value: &Val, depth: usize) -> Result<Value, &'static str> {
    if depth > DEEPEST {
        return Err("the result is nested too deep");
    }
    Ok(match value {
        Val::Null => Value::Null,
        Val::Bool(bool) => Value::Bool(*bool),
        Val::Num(number) => Value::Number(plain(number)?),
        Val::TStr(bytes) => Value::String(text(bytes)?),
        Val::BStr(_) => return Err("bytes are no part of JSON"),
        Val::Arr(list) => Value::Array(list.iter().map(|one| out(one, depth + 1)).collect::<Result<_, _>>()?),
        Val::Obj(fields) => {
            let field = |(name, value): (&Val, &Val)| match name {
                Val::TStr(name) => Ok((text(name)?, out(value, depth + 1)?)),
                _ => Err("a field's name is a text"),
            };
            Value::Object(fields.iter().map(field).collect::<Result<_, _>>()?)
        }
    })
}

fn text(bytes: &[u8]) -> Result<String, &'static str> {
    String::from_utf8(bytes.to_vec()).map_err(|_| "a text is not Unicode")
}

fn plain(number: &Num) -> Result<Number, &'static str> {
    let float = match number {
        Num::Int(number) => return Ok((*number as i64).into()),
        Num::BigInt(_) => return Err("a number is too large"),
        Num::Float(number) => *number,
        Num::Dec(text) => text.parse().map_err(|_| "a number cannot be read")?,
    };
    // A division that comes out even makes a whole number again.
    #[expect(clippy::cast_possible_truncation, reason = "bounded, and without a fraction")]
    if float.fract() == 0.0 && float.abs() < 9_007_199_254_740_992.0 {
        return Ok((float as i64).into());
    }
    Number::from_f64(float).ok_or("a number is none")
}
