//! The schema of forms that editors use, as the last look at a form: what the reader passes over, such as a title that
//! is no text, is wrong all the same, and nobody should be told two things.

use std::sync::LazyLock;

use jsonschema::Validator;
use serde_json::Value;
use yimen_contract::json::joined;

use super::Mistakes;

/// Nobody reads more than this about one form.
const SHOWN: usize = 20;
/// A message may quote what it is about.
pub(super) const LONGEST: usize = 200;

static EDITOR: LazyLock<Option<Validator>> =
    LazyLock::new(|| jsonschema::options().offline().build(yimen_contract::schema::form().as_value()).ok());

/// Writes down what editors would underline.
pub(super) fn underline(schema: &Value, mistakes: &mut Mistakes) {
    let errors =
        EDITOR.iter().filter(|editor| !editor.is_valid(schema)).flat_map(|editor| editor.iter_errors(schema));
    for error in errors.take(SHOWN) {
        let path = dotted(schema, error.instance_path().as_str());
        let said: String = error.to_string().chars().take(LONGEST).collect();
        let message = format!("A form is not written so: {said}.");
        mistakes.error(&path, message, "Compare it with the handbook, or with the schema of forms.");
    }
}

/// A JSON pointer as the path that findings carry.
pub(super) fn dotted(schema: &Value, pointer: &str) -> String {
    let mut here = schema;
    let mut path = String::new();
    for name in pointer.split('/').skip(1).map(|name| name.replace("~1", "/").replace("~0", "~")) {
        path = if here.is_array() { format!("{path}[{name}]") } else { joined(&path, &name) };
        let index = name.parse::<usize>().ok().filter(|_| here.is_array());
        here = index.map_or(&here[&name], |index| &here[index]);
    }
    path
}
