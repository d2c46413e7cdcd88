//! What could be had for the questions of a page, and from whom.

use yimen_contract::{Bilingual, capability::Capability};
use yimen_forms::{Draft, Field, Form, Kind, LicencePart, Origin, Page};

use crate::catalogue::Catalogue;

/// An agency that may know answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its public name.
    pub agency: String,
    pub asked: Vec<Asked>,
}

/// A question, and what of which licence answers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Where it stands in the form.
    pub name: String,
    pub label: Bilingual,
    /// Code and name of the licence.
    pub kind: String,
    pub licence: Bilingual,
    pub part: LicencePart,
}

/// Who may know answers to questions of this page that nobody has answered. Agencies that cannot be asked are left out.
pub fn sources(catalogue: &Catalogue, form: &Form, page: &Page, draft: &Draft) -> Vec<Source> {
    let mut asked = Vec::new();
    for field in form.on(page) {
        questions(field, &field.name, draft, &mut asked);
    }
    let mut sources: Vec<Source> = Vec::new();
    for (name, label, kind, part) in asked {
        let Some((issuer, licence)) = catalogue.licence(&kind) else { continue };
        if issuer.agency.binding(Capability::LicencesList).is_none() {
            continue;
        }
        let asked = Asked { name, label, kind, licence: licence.name.clone(), part };
        match sources.iter_mut().find(|source| source.agency == issuer.slug) {
            Some(source) => source.asked.push(asked),
            None => sources.push(Source { agency: issuer.slug.clone(), asked: vec![asked] }),
        }
    }
    sources
}

fn questions(
    field: &Field,
    name: &str,
    draft: &Draft,
    asked: &mut Vec<(String, Bilingual, String, LicencePart)>,
) {
    if let Kind::Group(parts) = &field.kind {
        for part in parts {
            questions(part, &format!("{name}.{}", part.name), draft, asked);
        }
    }
    if let Some(Origin::Licence { kind, part }) = &field.from
        && draft.text(name).trim().is_empty()
    {
        asked.push((name.to_owned(), field.label.clone(), kind.clone(), *part));
    }
}
