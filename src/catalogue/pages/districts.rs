//! `/districts`, `/districts/{code}`: the parts of the city, and who is there for the people in them.

use actix_web::web::{Data, Path};

use super::edition;
use crate::{
    catalogue::{
        Shelf,
        present::{Presenter, urls},
        views::{ContactLine, DistrictView, DistrictsView},
    },
    web::{Failure, Page, Visitor, frame::Link},
};

pub async fn districts(visitor: Visitor, shelf: Data<Shelf>) -> Result<Page, Failure> {
    let edition = edition(&shelf)?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let all = edition.catalogue.city.city.districts.iter();
    let districts = all.map(|one| Link::new(present.text(&one.name), urls::district(&one.code))).collect();
    Ok(Page::new(&DistrictsView { districts, frame: visitor.common_frame() })?.keep())
}

pub async fn district(visitor: Visitor, shelf: Data<Shelf>, code: Path<String>) -> Result<Page, Failure> {
    let edition = edition(&shelf)?;
    let city = &edition.catalogue.city;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let district = city.city.districts.iter().find(|one| one.code == *code).ok_or(Failure::NotFound)?;
    let street = |name: &String| {
        let found = district.streets.iter().find(|street| street.zh == *name)?;
        Some(present.text(found))
    };
    let contacts = district.contacts.iter().map(|one| ContactLine {
        street: one.street.as_ref().and_then(street),
        duty: present.text(&one.duty),
        phone: one.phone.clone(),
    });
    let view = DistrictView {
        name: present.text(&district.name),
        streets: district.streets.iter().map(|street| present.text(street)).collect(),
        contacts: contacts.collect(),
        reports: city.voice.is_some(),
        quality: city.ratings.is_some().then(|| format!("/quality{}", urls::district(&district.code))),
        frame: visitor.common_frame(),
    };
    Ok(Page::new(&view)?.keep())
}
