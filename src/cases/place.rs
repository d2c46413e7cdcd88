//! Where what is handed in is about, as far as its answers say so: the district of the address in them. It is kept beside
//! the case, so that districts can be compared; the address itself stays sealed.

use serde_json::{Map, Value};
use yimen_contract::city::City;
use yimen_forms::{
    Entry, Form, Kind,
    model::{Field, Text},
};

/// The code of the district of the first address that a form asks for. `None`: it asks for none, or it is elsewhere.
pub fn district(form: &Form, answers: &Map<String, Value>, city: &City) -> Option<String> {
    let addresses = form.fields.iter().filter(|field| is_address(field));
    let mut texts = addresses.filter_map(|field| answers.get(&field.name)?.as_str());
    texts.find_map(|text| of_address(text, city))
}

fn is_address(field: &Field) -> bool {
    matches!(&field.kind, Kind::Text(Text { entry: Entry::Address, .. }))
}

fn of_address(text: &str, city: &City) -> Option<String> {
    let text = text.strip_prefix(city.name.zh.as_str()).unwrap_or(text);
    let here = city.districts.iter().find(|district| text.starts_with(district.name.zh.as_str()));
    here.map(|district| district.code.clone())
}
