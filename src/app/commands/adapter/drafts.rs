//! `adapter new` and `adapter import`.

use std::{
    fs,
    io::Read as _,
    path::{Path, PathBuf},
};

use clap::Args;
use serde::de::{DeserializeOwned, IntoDeserializer as _, value};
use serde_json::json;
use yimen_contract::{Bilingual, package, shape};
use yimen_tools::{
    draft::{Draft, DraftError, Starter, starter},
    import::{self, ImportError, Imported, Wanted},
};

use crate::app::{
    commands::{Outcome, Printed},
    drivers,
};

/// What a package is begun with.
#[derive(Args)]
pub(in crate::app) struct NewPackage {
    /// The folder; its name is the agency's public name
    folder: PathBuf,
    /// The agency's name in Chinese
    #[arg(long, value_name = "NAME", default_value = "（待填写：部门名称）")]
    name: String,
    /// The agency's name in English
    #[arg(long, value_name = "NAME", default_value = "(To be written: name of the agency)")]
    name_en: String,
    /// rest, soap, csv, callback, fixed, redirect or desk
    #[arg(long, default_value = "rest", value_parser = word::<yimen_contract::agency::Driver>)]
    driver: yimen_contract::agency::Driver,
    /// How the backend knows the portal, such as hmac or api-key; left out, as is usual with the driver
    #[arg(long, value_parser = word::<yimen_contract::agency::Auth>)]
    auth: Option<yimen_contract::agency::Auth>,
    /// utf-8, gbk or gb18030
    #[arg(long, default_value = "utf-8", value_parser = word::<yimen_contract::agency::Encoding>)]
    encoding: yimen_contract::agency::Encoding,
    /// Code of its first service
    #[arg(long, value_name = "CODE", default_value = "YZ99001", value_parser = code)]
    service: String,
}

/// What is imported.
#[derive(Args)]
pub(in crate::app) struct ImportedPackage {
    /// The description: OpenAPI in JSON or YAML, or WSDL
    file: PathBuf,
    /// The folder that is written; its name is the agency's public name
    folder: PathBuf,
    /// The agency's name; left out, what the description calls itself
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Code of the first service; the others count up from it
    #[arg(long, value_name = "CODE", default_value = "YZ99001", value_parser = code)]
    service: String,
    #[arg(long)]
    json: bool,
}

/// A word of the package format.
fn word<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    let read: Result<T, value::Error> = T::deserialize(text.into_deserializer());
    read.map_err(|error| error.to_string())
}

fn code(text: &str) -> Result<String, String> {
    let remedy = || "write two capital letters and five digits, such as YZ02022".to_owned();
    shape::is_service_code(text).then(|| text.to_owned()).ok_or_else(remedy)
}

/// The name that a folder to be written will give its package.
fn slug(folder: &Path) -> Result<String, Outcome> {
    let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if shape::is_slug(name) {
        return Ok(name.to_owned());
    }
    let remedy = "name the folder with 2 to 40 lower-case letters, digits and dashes, such as traffic-police";
    Err(Outcome::Usage(format!("{}: {remedy}", folder.display())))
}

pub(super) fn write(draft: &Draft, folder: &Path) -> Result<(), Outcome> {
    draft.write(folder).map_err(|error| match error {
        DraftError::Unwritable { .. } => Outcome::unavailable(error),
        other => Outcome::usage(other),
    })
}

pub(in crate::app) fn adapter_new(wanted: &NewPackage) -> Result<(), Outcome> {
    let slug = slug(&wanted.folder)?;
    let draft = starter(&Starter {
        slug: slug.clone(),
        name: Bilingual::new(&wanted.name, &wanted.name_en),
        driver: wanted.driver,
        auth: wanted.auth,
        encoding: wanted.encoding,
        service: wanted.service.clone(),
    });
    let draft = draft.map_err(Outcome::usage)?;
    // Not every way of signing in goes with every driver: said before anything is written.
    let findings = package::read(&slug, &draft.files()).findings;
    if findings.has_errors() {
        return Err(Outcome::Usage(format!("no such package can be made:\n{findings}")));
    }
    write(&draft, &wanted.folder)?;
    let mut out = Printed::new();
    for (path, _) in draft.iter() {
        out.line(format_args!("{}", wanted.folder.join(path).display()));
    }
    let sample = draft.iter().find_map(|(path, _)| path.strip_prefix("samples/")?.strip_suffix(".json"));
    next(&mut out, &wanted.folder, sample);
    Ok(())
}

/// Where to go from here.
fn next(out: &mut Printed, folder: &Path, sample: Option<&str>) {
    let folder = folder.display();
    out.line(format_args!("next: yimen adapter check {folder} --faults --sandbox"));
    if let Some(sample) = sample {
        out.line(format_args!("      yimen adapter try {folder} --sandbox --sample {sample}"));
    }
}

pub(in crate::app) async fn adapter_import(wanted: &ImportedPackage) -> Result<(), Outcome> {
    let slug = slug(&wanted.folder)?;
    let unreadable = |error| Outcome::Usage(format!("{}: {error}", wanted.file.display()));
    let mut bytes = Vec::new();
    let most = u64::try_from(import::LARGEST + 1).unwrap_or(u64::MAX);
    let file = fs::File::open(&wanted.file).map_err(unreadable)?;
    file.take(most).read_to_end(&mut bytes).map_err(unreadable)?;
    let name = wanted.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let asked = Wanted {
        slug: slug.clone(),
        name: wanted.name.as_ref().map(|name| Bilingual::new(name, name)),
        file: name,
        first: wanted.service.clone(),
    };
    let mut imported = import::import(&asked, &bytes).map_err(|error| match error {
        ImportError::Draft(error) => Outcome::unavailable(error),
        other => Outcome::usage(other),
    })?;
    imported.try_out(&slug, &drivers::maps(None)).await.map_err(Outcome::unavailable)?;
    let Imported { draft, read, unread, .. } = imported;
    write(&draft, &wanted.folder)?;
    let mut out = Printed::new();
    if wanted.json {
        let files: Vec<&str> = draft.iter().map(|(path, _)| path).collect();
        out.line(format_args!("{}", json!({ "files": files, "read": read, "unread": unread })));
    } else {
        for line in &read {
            out.line(format_args!("read: {line}"));
        }
        for line in &unread {
            out.line(format_args!("not read: {line}"));
        }
        let sample = draft.iter().find_map(|(path, _)| path.strip_prefix("samples/")?.strip_suffix(".json"));
        next(&mut out, &wanted.folder, sample);
    }
    if unread.is_empty() { Ok(()) } else { Err(Outcome::Findings) }
}
