//! OpenAPI 2.0 (Swagger), 3.0 and 3.1.

use serde_json::{Map, Value, json};
use yimen_contract::{
    agency::{Auth, BodyKind, Driver},
    capability::Method,
};

use super::{
    ImportError, Unread,
    document::{Document, below, short},
    operation::{Described, Operation},
    shape::written_out,
};

/// More operations than one agency serves people with.
const OPERATIONS: usize = 200;

pub(super) fn read(file: &str, text: &str) -> Result<Described, ImportError> {
    let document = Document::parse(file, text)?;
    let root = &document.root;
    let version = root["openapi"].as_str().or_else(|| root["swagger"].as_str()).unwrap_or_default();
    let old = version.starts_with('2');
    if !old && !version.starts_with("3.0") && !version.starts_with("3.1") {
        let reason = "it is neither OpenAPI 2.0, 3.0 or 3.1 nor a WSDL";
        return Err(ImportError::Unknown { file: file.to_owned(), reason: reason.to_owned() });
    }
    let mut reader = Reader { document: &document, old, unread: Vec::new(), body: None };
    let operations = reader.operations();
    let (auth, token_path) = reader.auth();
    let (unread, body) = (reader.unread, reader.body.unwrap_or_default());
    Ok(Described {
        title: short(root["info"]["title"].as_str().unwrap_or_default()),
        driver: Driver::Rest,
        body,
        auth,
        token_path,
        addresses: addresses(root),
        operations,
        unread,
    })
}

fn addresses(root: &Value) -> Vec<String> {
    let servers =
        root["servers"].as_array().into_iter().flatten().filter_map(|server| server["url"].as_str());
    let host = root["host"].as_str().map(|host| {
        let scheme = root["schemes"][0].as_str().unwrap_or("https");
        format!("{scheme}://{host}{}", root["basePath"].as_str().unwrap_or_default())
    });
    servers.map(str::to_owned).chain(host).map(|address| short(&address)).take(5).collect()
}

struct Reader<'d> {
    document: &'d Document,
    old: bool,
    unread: Vec<Unread>,
    /// The first kind of body that is met is the backend's.
    body: Option<BodyKind>,
}

impl Reader<'_> {
    fn skip(&mut self, place: &str, reason: impl Into<String>) {
        self.unread.push(self.document.unread(place, reason));
    }

    fn resolved(&mut self, value: &Value, place: &str) -> Option<(Value, String)> {
        match self.document.resolved(value, place) {
            Ok((value, place)) => Some((value.clone(), place)),
            Err(unread) => {
                self.unread.push(unread);
                None
            }
        }
    }

    fn shape(&mut self, schema: &Value, place: &str) -> Value {
        let (shape, unread) = written_out(self.document, schema, place);
        self.unread.extend(unread);
        shape
    }

    fn operations(&mut self) -> Vec<Operation> {
        let mut operations = Vec::new();
        for (path, item) in self.document.root["paths"].as_object().into_iter().flatten() {
            let place = below("#/paths", path);
            let Some((item, place)) = self.resolved(item, &place) else { continue };
            for (name, method) in [
                ("get", Method::Get),
                ("post", Method::Post),
                ("put", Method::Put),
                ("patch", Method::Patch),
                ("delete", Method::Delete),
            ] {
                let Some(operation) = item.get(name).filter(|operation| operation.is_object()) else {
                    continue;
                };
                let place = below(&place, name);
                if operations.len() >= OPERATIONS {
                    self.skip(&place, format!("only the first {OPERATIONS} operations are read"));
                    return operations;
                }
                operations.extend(self.operation(path, method, &item, operation, &place));
            }
        }
        operations
    }

    fn operation(
        &mut self,
        path: &str,
        method: Method,
        item: &Value,
        operation: &Value,
        place: &str,
    ) -> Option<Operation> {
        if path.contains('{') {
            self.skip(place, "its path has a part that varies; the portal asks at fixed paths");
            return None;
        }
        if matches!(method, Method::Patch | Method::Delete) {
            self.skip(
                place,
                "what it changes or removes is none of the portal's questions by itself; declare it by hand",
            );
            return None;
        }
        for word in ["callbacks", "servers"] {
            if operation.get(word).is_some() {
                self.skip(&below(place, word), format!("`{word}` of an operation are not read"));
            }
        }
        let request = self.request(item, operation, place);
        let response = self.response(operation, place);
        let text = |name: &str| short(operation[name].as_str().unwrap_or_default());
        let name = [text("summary"), text("operationId")].into_iter().find(|name| !name.is_empty());
        Some(Operation {
            place: place.to_owned(),
            name: name.unwrap_or_default(),
            called: text("operationId"),
            about: text("description"),
            method,
            path: path.to_owned(),
            request,
            response,
            soap: None,
        })
    }

    /// Everything that is asked for, as one schema: parameters and body together.
    fn request(&mut self, item: &Value, operation: &Value, place: &str) -> Value {
        let mut fields = Map::new();
        let mut required = Vec::new();
        for (whose, from) in [(item, "parameters of the path"), (operation, "parameters")] {
            for (index, parameter) in whose["parameters"].as_array().into_iter().flatten().enumerate() {
                let place = below(&below(place, from), &index.to_string());
                let Some((parameter, place)) = self.resolved(parameter, &place) else { continue };
                let name = parameter["name"].as_str().unwrap_or_default().to_owned();
                match parameter["in"].as_str() {
                    Some("body") => {
                        let shape = self.shape(&parameter["schema"], &below(&place, "schema"));
                        self.body.get_or_insert(BodyKind::Json);
                        return shape;
                    }
                    Some("query" | "formData") if !name.is_empty() => {
                        if parameter["in"] == "formData" {
                            self.body.get_or_insert(BodyKind::Form);
                        }
                        let schema = parameter.get("schema").unwrap_or(&parameter);
                        let mut shape = self.shape(schema, &place);
                        if let Some(about) = parameter["description"].as_str() {
                            shape["description"] = short(about).into();
                        }
                        if parameter["required"] == true {
                            required.push(Value::String(name.clone()));
                        }
                        fields.insert(name, shape);
                    }
                    Some(other) => {
                        self.skip(&place, format!("a parameter in `{}` cannot be sent", short(other)));
                    }
                    None => self.skip(&place, "it does not say where the parameter stands"),
                }
            }
        }
        let body = operation.get("requestBody").filter(|_| !self.old);
        if let Some(shape) = body.and_then(|body| self.body(body, &below(place, "requestBody"))) {
            return shape;
        }
        json!({ "type": "object", "properties": fields, "required": required })
    }

    fn body(&mut self, body: &Value, place: &str) -> Option<Value> {
        let (body, place) = self.resolved(body, place)?;
        let place = below(&place, "content");
        let content = body["content"].as_object()?;
        let kinds =
            [("json", BodyKind::Json), ("x-www-form-urlencoded", BodyKind::Form), ("xml", BodyKind::Xml)];
        for (word, kind) in kinds {
            let Some((media, entry)) = content.iter().find(|(media, _)| media.contains(word)) else {
                continue;
            };
            if *self.body.get_or_insert(kind) != kind {
                self.skip(&below(&place, media), "the backend's other operations take another kind of body");
            }
            return Some(self.shape(&entry["schema"], &below(&below(&place, media), "schema")));
        }
        self.skip(&place, "none of its kinds of body is JSON, a form or XML");
        None
    }

    fn response(&mut self, operation: &Value, place: &str) -> Value {
        let place = below(place, "responses");
        let wanted = ["200", "201", "202", "2XX", "default"];
        let found = wanted.iter().find_map(|code| Some((code, operation["responses"].get(code)?)));
        let Some((code, response)) = found else {
            self.skip(&place, "it does not say what a successful answer looks like");
            return json!({});
        };
        let Some((response, place)) = self.resolved(response, &below(&place, code)) else { return json!({}) };
        if self.old {
            return match response.get("schema") {
                Some(schema) => self.shape(schema, &below(&place, "schema")),
                None => json!({}),
            };
        }
        let content = response["content"].as_object().into_iter().flatten();
        let json = content.into_iter().find(|(media, _)| media.contains("json") || media.contains("xml"));
        match json {
            Some((media, entry)) => self.shape(&entry["schema"], &below(&below(&place, media), "schema")),
            None => json!({}),
        }
    }

    /// How the backend wants to know who calls. The first way that the portal has, too.
    fn auth(&mut self) -> (Auth, Option<String>) {
        let root = &self.document.root;
        let (schemes, place) = if self.old {
            (&root["securityDefinitions"], "#/securityDefinitions")
        } else {
            (&root["components"]["securitySchemes"], "#/components/securitySchemes")
        };
        let mut chosen = None;
        for (name, scheme) in schemes.as_object().into_iter().flatten() {
            let place = below(place, name);
            let Some((scheme, place)) = self.resolved(scheme, &place) else { continue };
            match way(&scheme) {
                Ok(way) => drop(chosen.get_or_insert(way)),
                Err(reason) => self.skip(&place, reason),
            }
        }
        chosen.unwrap_or((Auth::None, None))
    }
}

fn way(scheme: &Value) -> Result<(Auth, Option<String>), String> {
    let text = |name: &str| scheme[name].as_str().unwrap_or_default().to_lowercase();
    match (text("type").as_str(), text("scheme").as_str()) {
        ("apikey", _) if text("in") == "header" && text("name") == "x-api-key" => Ok((Auth::ApiKey, None)),
        ("apikey", _) if text("in") == "header" && text("name") == "authorization" => Ok((Auth::Token, None)),
        ("apikey", _) => Err("the portal sends keys in the header `X-Api-Key` only".to_owned()),
        ("http", "bearer") => Ok((Auth::Token, None)),
        ("http", other) => Err(format!("the portal does not know the scheme `{}`", short(other))),
        ("basic", _) => Err("the portal sends no password with each request".to_owned()),
        ("mutualtls", _) => Ok((Auth::Mtls, None)),
        ("oauth2", _) => {
            let flow = &scheme["flows"]["clientCredentials"]["tokenUrl"];
            let url = flow.as_str().or_else(|| scheme["tokenUrl"].as_str());
            let path = url.map(|url| url.split_once("://").map_or(url, |(_, rest)| rest));
            let path = path.and_then(|url| Some(&url[url.find('/')?..]));
            match path.filter(|path| path.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-_.~".contains(&b)))
            {
                Some(path) => Ok((Auth::Oauth2, Some(path.to_owned()))),
                None => {
                    Err("only client credentials can be used, and their token address is not given"
                        .to_owned())
                }
            }
        }
        (other, _) => Err(format!("the portal does not know the way of signing in `{}`", short(other))),
    }
}
