//! `/domains`, `/domains/{code}`, `/domains/{code}/{class}`

use actix_web::web::{Data, Path};
use yimen_contract::city::{Class, Domain};

use super::edition;
use crate::{
    catalogue::{
        Shelf,
        present::{Presenter, urls},
        views::{ClassSection, DomainView, DomainsView},
    },
    web::{
        Failure, Page, Visitor,
        frame::{Tab, Text},
    },
};

pub async fn domains(visitor: Visitor, shelf: Data<Shelf>) -> Result<Page, Failure> {
    let edition = edition(&shelf)?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let view = DomainsView {
        frame: visitor.frame(),
        domains: present.domains(),
        services: edition.catalogue.services.len(),
    };
    Ok(Page::new(&view)?.keep())
}

pub async fn domain(visitor: Visitor, shelf: Data<Shelf>, code: Path<String>) -> Result<Page, Failure> {
    show(&visitor, &shelf, &code, None)
}

pub async fn class(
    visitor: Visitor,
    shelf: Data<Shelf>,
    codes: Path<(String, String)>,
) -> Result<Page, Failure> {
    show(&visitor, &shelf, &codes.0, Some(&codes.1))
}

fn show(visitor: &Visitor, shelf: &Data<Shelf>, code: &str, class: Option<&str>) -> Result<Page, Failure> {
    let edition = edition(shelf)?;
    let catalogue = &edition.catalogue;
    let present = Presenter::new(visitor.texts(), catalogue);
    let domain = catalogue.domain(code).ok_or(Failure::NotFound)?;
    let shown = match class {
        Some(code) => Some(domain.classes.iter().find(|class| class.code == code).ok_or(Failure::NotFound)?),
        None => None,
    };
    let section = |class: &Class| ClassSection {
        code: class.code.clone(),
        name: present.text(&class.name),
        services: present.services(catalogue.in_class(&class.code)),
    };
    let numbers = catalogue.numbers_of(catalogue.in_domain(code));
    let view = DomainView {
        frame: visitor.frame(),
        code: domain.code.clone(),
        name: present.text(&domain.name),
        about: present.text(&domain.about),
        icon: domain.icon.clone(),
        services: numbers.services,
        zero_visit: numbers.zero_visit,
        tabs: tabs(present, domain, shown, numbers.services),
        classes: match shown {
            Some(class) => vec![section(class)],
            None => domain.classes.iter().map(section).collect(),
        },
        class: shown.map(|class| present.text(&class.name)),
    };
    Ok(Page::new(&view)?.keep())
}

fn tabs(present: Presenter<'_>, domain: &Domain, shown: Option<&Class>, all: usize) -> Vec<Tab> {
    let whole = Tab {
        label: present.t.domain_all_classes().to_owned(),
        url: urls::domain(&domain.code),
        count: Some(all),
        current: shown.is_none(),
    };
    let classes = domain.classes.iter().map(|class| Tab {
        label: Text::of(present.t, &class.name).text,
        url: urls::class(&domain.code, &class.code),
        count: Some(present.catalogue.in_class(&class.code).len()),
        current: shown.is_some_and(|shown| shown.code == class.code),
    });
    std::iter::once(whole).chain(classes).collect()
}
