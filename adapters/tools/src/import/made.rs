//! The draft package that is made of a described backend: a service for each operation, with the maps between its
//! shapes and ours as far as they can be guessed. What is guessed says so in the map.

use std::{collections::BTreeMap, fmt::Write as _};

use yimen_contract::{
    Bilingual,
    capability::{Binding, Capability, Method},
    protocol::XmlBody,
    query::{FactLine, Input, Query},
    service::{Service, ServiceKind},
};

use super::{
    ImportError, Imported, Unread, Wanted,
    exchange::{self, Exchange},
    guess::{Asked, Told, application, receipt},
    names::code,
    operation::{Described, Operation, Purpose},
};
use crate::draft::{Draft, guide};

pub(super) fn of(wanted: &Wanted, described: Described) -> Result<Imported, ImportError> {
    let mut backend = guide::backend(described.driver, &wanted.slug);
    backend.auth = described.auth;
    backend.secrets = guide::secrets(described.auth);
    backend.token_path.clone_from(&described.token_path);
    backend.body = described.body;
    let title = match described.title.trim() {
        "" => guide::waiting("部门名称", "name of the agency"),
        title => said(cut(title, 60)),
    };
    let mut package = Package {
        wanted,
        agency: guide::agency(wanted.name.clone().unwrap_or(title), backend),
        draft: Draft::default(),
        read: Vec::new(),
        unread: described.unread,
        services: Vec::new(),
        exchanges: Vec::new(),
    };
    for operation in &described.operations {
        package.operation(operation)?;
    }
    package.finish(&described.addresses)
}

struct Package<'w> {
    wanted: &'w Wanted,
    agency: yimen_contract::agency::Agency,
    draft: Draft,
    read: Vec<String>,
    unread: Vec<Unread>,
    services: Vec<Service>,
    exchanges: Vec<Exchange>,
}

impl Package<'_> {
    fn skip(&mut self, operation: &Operation, reason: &str) {
        let (file, place) = (self.wanted.file.clone(), operation.place.clone());
        self.unread.push(Unread { file, place, reason: reason.to_owned() });
    }

    fn operation(&mut self, operation: &Operation) -> Result<(), ImportError> {
        let plain_path = operation.path.is_empty() || is_path(&operation.path);
        if !plain_path {
            self.skip(operation, "its path holds characters that no fixed path has");
            return Ok(());
        }
        match operation.purpose() {
            Purpose::Health => self.health(operation),
            Purpose::Lookup => self.lookup(operation),
            Purpose::Submit => return self.submit(operation),
        }
        Ok(())
    }

    fn binding(&self, operation: &Operation) -> Binding {
        let xml =
            self.agency.backend.body == yimen_contract::agency::BodyKind::Xml && operation.soap.is_none();
        let root = "request".to_owned();
        Binding {
            method: if operation.soap.is_some() { Method::Post } else { operation.method },
            path: operation.path.clone(),
            idempotent: false,
            deadline_ms: None,
            send: BTreeMap::new(),
            read: BTreeMap::new(),
            claims: Vec::new(),
            request: None,
            response: None,
            soap: operation.soap.clone(),
            pages: None,
            xml: xml.then_some(XmlBody { root, namespace: None, order: Vec::new() }),
            frame: None,
            file: None,
        }
    }

    fn health(&mut self, operation: &Operation) {
        if self.agency.capabilities.contains_key(Capability::Health.name()) {
            return self.skip(operation, "another operation was taken for `health` already");
        }
        let mut binding = self.binding(operation);
        binding.idempotent = true;
        self.agency.capabilities.insert(Capability::Health.name().to_owned(), binding);
        self.note(operation, "health");
    }

    fn note(&mut self, operation: &Operation, what: &str) {
        self.read.push(format!("{} {} → {what}", operation.method.name(), asked(operation)));
    }

    /// A service of its own, if there is a code left.
    fn service(&mut self, operation: &Operation, kind: ServiceKind) -> Option<Service> {
        let Some(code) = code(&self.wanted.first, self.services.len()) else {
            self.skip(operation, "there is no code left for its service; begin with a lower one");
            return None;
        };
        let name = [operation.name.as_str(), asked(operation)].into_iter().find(|name| !name.is_empty());
        let name = cut(name.unwrap_or("?"), 60);
        let mut service = guide::service(&code, said(name), kind);
        if !operation.about.trim().is_empty() {
            let about = cut(&operation.about, 280);
            service.summary = said(about);
        }
        Some(service)
    }

    fn lookup(&mut self, operation: &Operation) {
        let Some(mut service) = self.service(operation, ServiceKind::Query) else { return };
        let asked_for = Asked::of(&operation.request);
        let told = Told::of(&operation.response);
        service.claims.clone_from(&asked_for.claims);
        let inputs: Vec<Input> = asked_for.inputs.iter().map(|(_, input)| input.clone()).collect();
        let facts: Vec<FactLine> = told.facts.iter().map(|(_, fact)| fact.clone()).collect();
        if facts.is_empty() {
            self.skip(operation, "its answer has no plain fields, so that nobody knows what it tells");
            return;
        }
        service.query = Some(Query {
            record: guide::waiting("一条记录叫什么", "what one record is called"),
            empty: guide::waiting("没有记录时怎么说", "what is said when there is none"),
            page_size: 20,
            inputs,
            states: Vec::new(),
            facts,
            summary: Vec::new(),
            next: Vec::new(),
        });
        let code = service.code.clone();
        if operation.method == Method::Get && operation.soap.is_none() {
            self.skip(
                operation,
                "it is asked by GET, which puts the question about a person into an address; its service was \
                 written, and the backend must take it as POST",
            );
        } else {
            let mut binding = self.binding(operation);
            binding.idempotent = true;
            let (request, response) = (format!("maps/{code}-ask.jq"), format!("maps/{code}-said.jq"));
            self.draft.text(&request, asked_for.map());
            let xml =
                operation.soap.is_some() || self.agency.backend.body == yimen_contract::agency::BodyKind::Xml;
            self.draft.text(&response, told.map(xml));
            (binding.request, binding.response) = (Some(request), Some(response));
            let inputs = service.query.iter().flat_map(|query| query.inputs.clone()).collect::<Vec<_>>();
            self.exchanges.push(Exchange {
                capability: Capability::Lookup,
                service: code.clone(),
                question: exchange::question(&code, &service.claims, &inputs),
                response: exchange::example(&operation.response, 0),
            });
            let name = format!("{}@{code}", Capability::Lookup.name());
            self.agency.capabilities.insert(name, binding);
            service.served_by = Some(yimen_contract::query::ServedBy::Lookup);
        }
        self.note(operation, &format!("lookup, service {code}"));
        self.services.push(service);
    }

    fn submit(&mut self, operation: &Operation) -> Result<(), ImportError> {
        if operation.method == Method::Get {
            self.skip(operation, "what changes something is not asked by GET");
            return Ok(());
        }
        let Some(mut service) = self.service(operation, ServiceKind::Handle) else { return Ok(()) };
        let code = service.code.clone();
        let (form, claims, request) = application(&operation.request);
        service.claims = claims;
        service.form = Some(format!("forms/{code}.json"));
        self.draft.form(&code, &form)?;
        self.exchanges.push(Exchange {
            capability: Capability::CaseSubmit,
            service: code.clone(),
            question: exchange::application(&code, &service.claims, &form),
            response: exchange::example(&operation.response, 0),
        });
        let mut binding = self.binding(operation);
        let (ask, said) = (format!("maps/{code}-ask.jq"), format!("maps/{code}-said.jq"));
        self.draft.text(&ask, request);
        self.draft.text(&said, receipt(&operation.response));
        (binding.request, binding.response) = (Some(ask), Some(said));
        self.agency.capabilities.insert(format!("{}@{code}", Capability::CaseSubmit.name()), binding);
        self.note(operation, &format!("case.submit, service {code}"));
        self.services.push(service);
        Ok(())
    }

    fn finish(mut self, addresses: &[String]) -> Result<Imported, ImportError> {
        self.unread.sort();
        self.unread.dedup();
        self.draft.agency(&self.agency)?;
        for service in &self.services {
            self.draft.service(service)?;
        }
        let readme = readme(self.wanted, &self.read, &self.unread, addresses);
        self.draft.text("README.md", readme);
        self.draft.without_real_numbers();
        let Self { draft, read, unread, exchanges, .. } = self;
        Ok(Imported { draft, read, unread, exchanges })
    }
}

/// Where an operation is asked: its path, or its name in an envelope.
fn asked(operation: &Operation) -> &str {
    operation.soap.as_ref().map_or(operation.path.as_str(), |soap| soap.operation.as_str())
}

fn is_path(path: &str) -> bool {
    let good = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~');
    let segment = |part: &str| !matches!(part, "" | "." | "..") && part.bytes().all(good);
    path.len() <= 200 && path.strip_prefix('/').is_some_and(|rest| rest.split('/').all(segment))
}

/// A text in the language that it is in. English stands for Chinese that is missing; the other way round it is left to
/// be written.
pub(super) fn said(text: String) -> Bilingual {
    let chinese = text.chars().any(|c| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}'));
    if chinese { Bilingual::new(text, "") } else { Bilingual::new(text.clone(), text) }
}

/// As much of a text as fits, in one line.
pub(super) fn cut(text: &str, longest: usize) -> String {
    let plain: String =
        text.chars().map(|c| if yimen_contract::text::is_unprintable(c) { ' ' } else { c }).collect();
    let line = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = line.chars().take(longest).collect();
    short.trim().to_owned()
}

fn readme(wanted: &Wanted, read: &[String], unread: &[Unread], addresses: &[String]) -> String {
    let mut text = format!("# {}\n\nA draft, made from `{}`.\n", wanted.slug, cut(&wanted.file, 200));
    if !addresses.is_empty() {
        text.push_str("\nThe description says that the backend is at the following addresses. The operator binds one of \
                       them; none stands in the package itself.\n\n");
        for address in addresses {
            let _ = writeln!(text, "- `{}`", cut(address, 200).replace('`', "'"));
        }
    }
    let mut list = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            let _ = writeln!(text, "\n## {title}\n");
            for line in lines {
                let _ = writeln!(text, "- {}", cut(&line, 400));
            }
        }
    };
    list("What was read", read.to_vec());
    list("What was not read, and why", unread.iter().map(ToString::to_string).collect());
    text
}
