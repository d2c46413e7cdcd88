//! `/domains`, `/domains/{code}`, `/domains/{code}/{class}`

use actix_web::web::{Data, Path};
use yimen_contract::city::{Class, Domain};

use super::edition;
use crate::{
    catalogue::{
        Catalogue, Shelf,
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
        frame: visitor.common_frame(),
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
    let domain = catalogue.domain(code);
    let find = |class: &str| domain.and_then(|domain| domain.classes.iter().find(|it| it.code == class));
    let (Some(domain), Some(shown)) = (domain, class.map_or(Some(None), |class| find(class).map(Some)))
    else {
        return known_as(catalogue, code, class);
    };
    let section = |class: &Class| ClassSection {
        code: class.code.clone(),
        name: present.text(&class.name),
        services: present.services(catalogue.in_class(&class.code)),
    };
    let whole = catalogue.in_domain(code);
    let numbers = catalogue.numbers_of(shown.map_or(whole, |class| catalogue.in_class(&class.code)));
    let view = DomainView {
        frame: visitor.common_frame(),
        code: domain.code.clone(),
        name: present.text(&domain.name),
        about: present.text(&domain.about),
        icon: domain.icon.clone(),
        services: numbers.services,
        zero_visit: numbers.zero_visit,
        tabs: tabs(present, domain, shown, whole.len()),
        classes: match shown {
            Some(class) => vec![section(class)],
            None => domain.classes.iter().map(section).collect(),
        },
        class: shown.map(|class| present.text(&class.name)),
    };
    Ok(Page::new(&view)?.keep())
}

/// Codes are copied from paper, where small letters are as good as capitals.
fn known_as(catalogue: &Catalogue, code: &str, class: Option<&str>) -> Result<Page, Failure> {
    let domain = catalogue.domain(&code.to_ascii_uppercase()).ok_or(Failure::NotFound)?;
    let Some(class) = class else { return Ok(Page::moved(urls::domain(&domain.code))) };
    let class = class.to_ascii_uppercase();
    let class = domain.classes.iter().find(|it| it.code == class).ok_or(Failure::NotFound)?;
    Ok(Page::moved(urls::class(&domain.code, &class.code)))
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
