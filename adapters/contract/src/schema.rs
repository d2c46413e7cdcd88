//! The format as JSON Schema, for editors: they complete names and underline mistakes while a package is
//! being written. The loader is stricter; it also knows the rules that no schema can say.

use schemars::{JsonSchema, Schema, generate::SchemaSettings};

use crate::capability::{Capability, EventKind};
use crate::kind::Kind;

/// The pattern of the files of each kind, and what they must look like.
pub fn all() -> Vec<(&'static str, Schema)> {
    let list: [(Kind, fn() -> Schema); 15] = [
        (Kind::Agency, agency),
        (Kind::Service, service),
        (Kind::Licence, licence),
        (Kind::Policy, policy),
        (Kind::Bulletin, bulletin),
        (Kind::Sample, sample),
        (Kind::Form, form),
        (Kind::City, city),
        (Kind::Domains, domains),
        (Kind::Zones, zones),
        (Kind::LifeEvents, life_events),
        (Kind::Calendar, calendar),
        (Kind::Words, words),
        (Kind::Ratings, ratings),
        (Kind::Voice, voice),
    ];
    list.map(|(kind, schema)| (kind.pattern(), schema())).into()
}

/// Everything that can be written to a folder of schemas: what it describes, the file's name, and the schema. Besides
/// the files of packages these are the contract's questions, answers and events.
pub fn files() -> Vec<(String, String, Schema)> {
    let kinds = all().into_iter().map(|(pattern, schema)| {
        let name = pattern.replace("/*", "");
        let name = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        (pattern.to_owned(), format!("{name}.schema.json"), schema)
    });
    let named = |name: &str, part: &str, schema| {
        (format!("{name}, {part}"), format!("{name}.{part}.schema.json"), schema)
    };
    let asked = Capability::ALL.into_iter().flat_map(|one| {
        [named(one.name(), "input", one.input_schema()), named(one.name(), "output", one.output_schema())]
    });
    let told = EventKind::ALL.into_iter().map(|one| named(one.name(), "event", one.schema()));
    kinds.chain(asked).chain(told).collect()
}

pub fn agency() -> Schema {
    of::<crate::agency::Agency>()
}

pub fn service() -> Schema {
    of::<crate::service::Service>()
}

pub fn licence() -> Schema {
    of::<crate::licence::LicenceType>()
}

pub fn policy() -> Schema {
    of::<crate::writing::Policy>()
}

pub fn bulletin() -> Schema {
    of::<crate::writing::Bulletin>()
}

pub fn sample() -> Schema {
    of::<crate::sample::Sample>()
}

/// Forms are schemas themselves, so theirs is written by hand.
pub fn form() -> Schema {
    let written = serde_json::from_str::<serde_json::Value>(include_str!("form.schema.json"));
    // What is embedded is read by a test; a schema that takes everything says nothing wrong.
    written.ok().and_then(|value| value.try_into().ok()).unwrap_or_else(|| Schema::from(true))
}

pub fn city() -> Schema {
    of::<crate::city::City>()
}

pub fn domains() -> Schema {
    of::<crate::city::Domains>()
}

pub fn zones() -> Schema {
    of::<crate::city::Zones>()
}

pub fn life_events() -> Schema {
    of::<crate::city::LifeEvents>()
}

pub fn calendar() -> Schema {
    of::<crate::city::Calendar>()
}

pub fn words() -> Schema {
    of::<crate::city::Words>()
}

pub fn ratings() -> Schema {
    of::<crate::city::Ratings>()
}

pub fn voice() -> Schema {
    of::<crate::voice::Voice>()
}

/// What may be written, which is more than what is read back: defaults may be left out.
pub(crate) fn of<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().for_deserialize().into_generator().into_root_schema_for::<T>()
}
