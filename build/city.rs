//! Packs the demo city, every folder under `adapters/agencies/`, `adapters/providers/` and `adapters/city/`, into the binary:
//! one compressed archive per package and the fingerprint by which a second start knows that it has
//! nothing to do.

use std::{collections::BTreeMap, fmt::Write as _, fs, io::Write as _, path::Path};

use flate2::{Compression, write::DeflateEncoder};

use super::files;

pub fn generate(adapters: &Path, out: &Path) {
    let packed = out.join("packages");
    fs::create_dir_all(&packed).expect("a writable output folder");
    let mut packages: BTreeMap<String, Vec<(String, Vec<u8>)>> = BTreeMap::new();
    let agencies = files::below(&adapters.join("agencies"));
    for (name, path) in agencies.into_iter().chain(files::below(&adapters.join("providers"))) {
        let (slug, inside) = name.split_once('/').unwrap_or_else(|| {
            panic!("{} belongs to no package: each has a folder of its own", path.display())
        });
        let content = fs::read(&path).expect("a readable file");
        packages.entry(slug.to_owned()).or_default().push((inside.to_owned(), content));
    }
    let mut code = String::from("static AGENCIES: &[Packed] = &[\n");
    for (slug, content) in &packages {
        code.push_str(&entry(slug, content, &packed));
    }
    code.push_str("];\n");
    let city: Vec<_> = files::below(&adapters.join("city"))
        .into_iter()
        .map(|(name, path)| (name, fs::read(path).expect("a readable file")))
        .collect();
    write!(code, "static CITY: &[Packed] = &[\n{}];\n", entry("city", &city, &packed)).expect("a string");
    fs::write(out.join("packages.rs"), code).expect("a writable output folder");
}

/// Writes the archive and gives its line of code. The archive is a deflated run of
/// `length of path, path, length of content, content`, lengths as four bytes, smallest first.
fn entry(slug: &str, content: &[(String, Vec<u8>)], packed: &Path) -> String {
    let mut archive = Vec::new();
    for (path, bytes) in content {
        for part in [path.as_bytes(), bytes] {
            let length = u32::try_from(part.len()).expect("a small file");
            archive.extend_from_slice(&length.to_le_bytes());
            archive.extend_from_slice(part);
        }
    }
    let print = files::fingerprint(&archive, 32);
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&archive).expect("compressing in memory");
    fs::write(packed.join(slug), encoder.finish().expect("compressing in memory")).expect("writable");
    format!(
        "    Packed {{ slug: {slug:?}, print: {print:?}, archive: include_bytes!(concat!(env!(\"OUT_DIR\"), \"/packages/{slug}\")) }},\n"
    )
}
