//! WSDL 1.1 with literal parts, as far as an envelope needs it: operations, their elements and the types behind them.
//! Namespaces are told apart by the targets of their schemas only, which is what services in the wild need.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use yimen_contract::{
    agency::{Auth, BodyKind, Driver},
    capability::Method,
    protocol::{Soap, SoapStyle, SoapVersion},
};
use yimen_drivers::xml;

use super::{
    ImportError, Unread,
    document::short,
    operation::{Described, Operation},
};

const OPERATIONS: usize = 200;
const DEEPEST: usize = 8;
const FIELDS: usize = 2_000;

pub(super) fn read(file: &str, text: &str) -> Result<Described, ImportError> {
    let unknown = |reason: String| ImportError::Unknown { file: file.to_owned(), reason };
    let (name, root) = xml::read(text).map_err(|error| unknown(error.to_string()))?;
    if name != "definitions" {
        return Err(unknown(format!("its outermost element is `{}`, not that of a WSDL 1.1", short(&name))));
    }
    let mut reader = Reader { file, root: &root, version: version(text), unread: Vec::new(), fields: 0 };
    reader.imports();
    let operations = reader.operations();
    let auth = if text.contains("wssecurity-secext") { Auth::WsSecurity } else { Auth::None };
    let addresses = children(&root, "service").flat_map(|service| children(service, "port"));
    let addresses = addresses.filter_map(|port| port["address"]["@location"].as_str()).map(short).take(5);
    Ok(Described {
        title: short(root["@name"].as_str().unwrap_or_default()),
        driver: Driver::Soap,
        body: BodyKind::default(),
        auth,
        token_path: None,
        addresses: addresses.collect(),
        operations,
        unread: reader.unread,
    })
}

/// The prefixes are gone once it is read, so the namespaces in the text decide.
fn version(text: &str) -> SoapVersion {
    let old = text.contains("http://schemas.xmlsoap.org/wsdl/soap/");
    if !old && text.contains("http://schemas.xmlsoap.org/wsdl/soap12/") {
        SoapVersion::V12
    } else {
        SoapVersion::V11
    }
}

struct Reader<'d> {
    file: &'d str,
    root: &'d Value,
    version: SoapVersion,
    unread: Vec<Unread>,
    fields: usize,
}

impl<'d> Reader<'d> {
    fn skip(&mut self, place: &str, reason: impl Into<String>) {
        self.unread.push(Unread { file: self.file.to_owned(), place: short(place), reason: reason.into() });
    }

    fn imports(&mut self) {
        let schemas = self.schemas().map(|schema| (schema, "schemaLocation"));
        let all: Vec<(&Value, &str)> = std::iter::once((self.root, "location")).chain(schemas).collect();
        for (within, attribute) in all {
            for word in ["import", "include"] {
                for one in children(within, word) {
                    if let Some(to) = one[format!("@{attribute}").as_str()].as_str() {
                        let reason =
                            format!("it points at `{}` outside this file, and nothing is fetched", short(to));
                        self.skip(word, reason);
                    }
                }
            }
        }
    }

    fn schemas(&self) -> impl Iterator<Item = &'d Value> {
        children(self.root, "types").flat_map(|types| children(types, "schema"))
    }

    /// A named part of the schemas, and the schema that it is in.
    fn named(&self, kind: &str, name: &str) -> Option<(&'d Value, &'d Value)> {
        let name = local(name);
        let of = |schema: &'d Value| {
            children(schema, kind).find(|one| one["@name"] == name).map(|one| (one, schema))
        };
        self.schemas().find_map(of)
    }

    fn operations(&mut self) -> Vec<Operation> {
        let root = self.root;
        let mut operations = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        for binding in children(root, "binding") {
            let port = local(binding["@type"].as_str().unwrap_or_default());
            let style = binding["binding"]["@style"].as_str().unwrap_or("document");
            let Some(port) = children(root, "portType").find(|one| one["@name"] == port) else { continue };
            for bound in children(binding, "operation") {
                let name = bound["@name"].as_str().unwrap_or_default();
                // A service usually binds the same operations twice, once for each version.
                if name.is_empty() || !seen.insert(name.to_owned()) {
                    continue;
                }
                if operations.len() >= OPERATIONS {
                    self.skip(name, format!("only the first {OPERATIONS} operations are read"));
                    return operations;
                }
                let Some(operation) = children(port, "operation").find(|one| one["@name"] == name) else {
                    self.skip(name, "its port type has no such operation");
                    continue;
                };
                operations.extend(self.operation(name, style, bound, operation));
            }
        }
        operations
    }

    fn operation(&mut self, name: &str, style: &str, bound: &Value, operation: &Value) -> Option<Operation> {
        if !is_name(name) {
            self.skip(name, "its name cannot be an element's");
            return None;
        }
        let style = bound["operation"]["@style"].as_str().unwrap_or(style);
        if bound["input"]["body"]["@use"] == "encoded" {
            self.skip(name, "its parts are encoded; only literal ones are understood");
            return None;
        }
        let input = self.message(&operation["input"], name)?;
        let output = self.message(&operation["output"], name).unwrap_or_default();
        let document = style == "document";
        let (element, namespace, qualified, request) = if document {
            let part = input.first()?;
            let Some((element, schema)) =
                part["@element"].as_str().and_then(|element| self.named("element", element))
            else {
                self.skip(name, "the element that it takes is not in this file");
                return None;
            };
            let qualified = schema["@elementFormDefault"] == "qualified";
            let namespace = schema["@targetNamespace"].as_str().unwrap_or_default().to_owned();
            let element_name = element["@name"].as_str().unwrap_or_default().to_owned();
            (element_name, namespace, qualified, self.element(element, &mut Vec::new()))
        } else {
            let namespace = bound["input"]["body"]["@namespace"].as_str();
            let namespace = namespace.or_else(|| self.root["@targetNamespace"].as_str()).unwrap_or_default();
            (name.to_owned(), namespace.to_owned(), false, self.parts(&input))
        };
        let response = match output.first().and_then(|part| part["@element"].as_str()) {
            Some(named) => {
                let found = self.named("element", named);
                if found.is_none() {
                    self.skip(name, "the element that it answers with is not in this file");
                }
                found.map_or_else(|| json!({}), |(element, _)| self.element(element, &mut Vec::new()))
            }
            None => self.parts(&output),
        };
        let order = request["x-order"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let order: Vec<String> = order.map(str::to_owned).collect();
        let action = bound["operation"]["@soapAction"].as_str().unwrap_or_default();
        let action = if action.is_ascii() && !action.contains('"') { action } else { "" };
        let about = text(&operation["documentation"]);
        Some(Operation {
            place: name.to_owned(),
            name: name.to_owned(),
            called: String::new(),
            about: short(&about),
            method: Method::Post,
            path: String::new(),
            request,
            response,
            soap: Some(Soap {
                version: self.version,
                style: if document { SoapStyle::Document } else { SoapStyle::Rpc },
                namespace,
                operation: element,
                action: action.to_owned(),
                qualified,
                order,
            }),
        })
    }

    /// The parts of a message.
    fn message(&mut self, used: &Value, operation: &str) -> Option<Vec<&'d Value>> {
        let name = local(used["@message"].as_str()?);
        let Some(message) = children(self.root, "message").find(|one| one["@name"] == name) else {
            self.skip(operation, format!("its message `{}` is not in this file", short(name)));
            return None;
        };
        Some(children(message, "part").collect())
    }

    fn parts(&mut self, parts: &[&'d Value]) -> Value {
        let mut fields = BTreeMap::new();
        let mut order = Vec::new();
        for part in parts {
            let Some(name) = part["@name"].as_str() else { continue };
            let shape = self.typed(part["@type"].as_str().unwrap_or("string"), &mut Vec::new());
            fields.insert(name, shape);
            order.push(name);
        }
        json!({ "type": "object", "properties": fields, "required": order, "x-order": order })
    }

    fn element(&mut self, element: &'d Value, above: &mut Vec<String>) -> Value {
        if let Some(named) = element["@ref"].as_str() {
            let may = above.len() < DEEPEST && !above.iter().any(|one| one == named);
            if let Some((other, _)) = self.named("element", named).filter(|_| may) {
                above.push(named.to_owned());
                let shape = self.element(other, above);
                above.pop();
                return shape;
            }
            self.skip(named, "it is not in this file, or holds itself; it is left out");
            return json!({});
        }
        match (element["@type"].as_str(), element.get("complexType")) {
            (Some(named), _) => self.typed(named, above),
            (None, Some(complex)) => self.complex(complex, above),
            (None, None) => json!({ "type": "string" }),
        }
    }

    fn typed(&mut self, name: &str, above: &mut Vec<String>) -> Value {
        if let Some(plain) = simple(local(name)) {
            return plain;
        }
        let name = local(name);
        if above.iter().any(|one| one == name) || above.len() >= DEEPEST {
            self.skip(name, "it holds itself, or is nested too deep; the inner one is left out");
            return json!({});
        }
        if let Some((complex, _)) = self.named("complexType", name) {
            above.push(name.to_owned());
            let shape = self.complex(complex, above);
            above.pop();
            return shape;
        }
        let Some((named, _)) = self.named("simpleType", name) else {
            self.skip(name, "the type is not in this file; it is taken for a text");
            return json!({ "type": "string" });
        };
        let words = children(&named["restriction"], "enumeration").filter_map(|one| one["@value"].as_str());
        let words: Vec<&str> = words.collect();
        let base = named["restriction"]["@base"].as_str().and_then(|base| simple(local(base)));
        let mut shape = base.unwrap_or_else(|| json!({ "type": "string" }));
        if !words.is_empty() {
            shape["enum"] = json!(words);
        }
        shape
    }

    fn complex(&mut self, complex: &'d Value, above: &mut Vec<String>) -> Value {
        let (mut fields, mut order, mut required) = (Map::new(), Vec::new(), Vec::new());
        let content = complex.get("complexContent").and_then(|content| content.get("extension"));
        if let Some(base) = content.and_then(|extension| extension["@base"].as_str()) {
            let base = self.typed(base, above);
            fields.extend(base["properties"].as_object().cloned().unwrap_or_default());
            order.extend(
                base["x-order"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned),
            );
        }
        let within = content.unwrap_or(complex);
        for group in ["sequence", "all", "choice"] {
            for element in children(within, group).flat_map(|group| children(group, "element")) {
                let name = element["@name"].as_str().or_else(|| element["@ref"].as_str().map(local));
                let Some(name) = name.filter(|name| is_name(name)) else { continue };
                self.fields += 1;
                if self.fields > FIELDS {
                    self.skip(name, "there are too many fields; the rest is left out");
                    break;
                }
                let shape = self.element(element, above);
                // What could not be read is said, and left out.
                if shape.as_object().is_some_and(Map::is_empty) {
                    continue;
                }
                let many = element["@maxOccurs"].as_str().is_some_and(|most| most != "1" && most != "0");
                let shape = if many { json!({ "type": "array", "items": shape }) } else { shape };
                if element["@minOccurs"] != "0" && group != "choice" {
                    required.push(name.to_owned());
                }
                fields.insert(name.to_owned(), shape);
                order.push(name.to_owned());
            }
        }
        json!({ "type": "object", "properties": fields, "required": required, "x-order": order })
    }
}

/// XML has one or many of what is a list.
fn children<'v>(value: &'v Value, name: &str) -> Box<dyn Iterator<Item = &'v Value> + 'v> {
    match value.get(name) {
        Some(Value::Array(list)) => Box::new(list.iter()),
        Some(one) => Box::new(std::iter::once(one)),
        None => Box::new(std::iter::empty()),
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or_default()
}

fn text(value: &Value) -> String {
    value.as_str().or_else(|| value["#text"].as_str()).unwrap_or_default().trim().to_owned()
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

fn simple(name: &str) -> Option<Value> {
    Some(match name {
        "string" | "token" | "normalizedString" | "anyURI" | "base64Binary" => json!({ "type": "string" }),
        "int" | "integer" | "long" | "short" | "byte" | "unsignedInt" | "nonNegativeInteger"
        | "positiveInteger" => {
            json!({ "type": "integer" })
        }
        "decimal" | "double" | "float" => json!({ "type": "number" }),
        "boolean" => json!({ "type": "boolean" }),
        "date" => json!({ "type": "string", "format": "date" }),
        "dateTime" => json!({ "type": "string", "format": "date-time" }),
        _ => return None,
    })
}
