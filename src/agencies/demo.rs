//! The demo city inside the binary: installed when it starts, left alone when it is there already.

use std::collections::{BTreeMap, HashMap};

use yimen_contract::{Files, sample::Sample};

use super::{Installed, archive, install, queries};
use crate::{
    db::{Db, DbError},
    platform::Moment,
};

struct Packed {
    slug: &'static str,
    print: &'static str,
    archive: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/packages.rs"));

/// What came of installing the demo city.
#[derive(Debug, Default)]
pub struct Report {
    pub installed: Vec<Installed>,
    pub unchanged: usize,
    /// Packages that were refused, with the reason; the others went on.
    pub refused: Vec<(String, String)>,
}

/// Installs what is not live yet.
pub async fn install_all(db: &Db, now: Moment) -> Result<Report, DbError> {
    let live: HashMap<String, String> =
        db.read(queries::list).await?.into_iter().map(|row| (row.slug, row.fingerprint)).collect();
    let mut report = Report::default();
    for packed in CITY.iter().chain(AGENCIES) {
        if live.get(packed.slug).is_some_and(|print| print == packed.print) {
            report.unchanged += 1;
            continue;
        }
        let files = match packed.files() {
            Ok(files) => files,
            Err(error) => {
                report.refused.push((packed.slug.to_owned(), error));
                continue;
            }
        };
        let slug = packed.slug;
        match db.tx(move |c| install(c, now, slug, &files)).await {
            Ok(installed) => report.installed.push(installed),
            Err(error) => report.refused.push((slug.to_owned(), error.to_string())),
        }
    }
    Ok(report)
}

/// How the samples of a package are read, where the binary carries the package of this fingerprint.
pub fn samples(
    slug: &str,
    print: &str,
) -> Option<impl Fn() -> BTreeMap<String, Sample> + Send + Sync + use<>> {
    let packed = AGENCIES.iter().find(|packed| packed.slug == slug && packed.print == print)?;
    Some(|| {
        let files = packed.files().unwrap_or_default();
        let samples = files.iter().filter(|(path, _)| path.starts_with("samples/"));
        // They were all read when the package was installed.
        samples.filter_map(|(path, text)| Some((path.to_owned(), serde_json::from_str(text).ok()?))).collect()
    })
}

impl Packed {
    fn files(&self) -> Result<Files, String> {
        archive::open(self.archive).map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_build_names_packages_as_the_portal_does() {
        for packed in CITY.iter().chain(AGENCIES) {
            let run = archive::inflate(packed.archive).unwrap();
            assert_eq!(archive::fingerprint(&run), packed.print, "{}", packed.slug);
            let files = packed.files().unwrap();
            assert_eq!(archive::lay_out(&files), run, "{}", packed.slug);
        }
    }
}
