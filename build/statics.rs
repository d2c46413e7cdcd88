//! Compresses the files of `static/` and names them after their content, so that browsers may keep them
//! for good and fetch a changed one at once.

use std::{fmt::Write as _, fs, io::Write as _, path::Path};

use flate2::{Compression, write::GzEncoder};

use super::files;

pub fn generate(folder: &Path, out: &Path) {
    let mut code = String::from("static ASSETS: &[Asset] = &[\n");
    let packed = out.join("static");
    fs::create_dir_all(&packed).expect("a writable output folder");
    for (name, path) in files::below(folder) {
        let content = fs::read(&path).expect("a readable file");
        let print = files::fingerprint(&content, 10);
        let flat = name.replace('/', "__");
        fs::write(packed.join(&flat), &content).expect("a writable output folder");
        // Pictures and fonts are compressed already.
        let squeezed = match path.extension().and_then(|extension| extension.to_str()) {
            Some("css" | "js" | "svg" | "webmanifest" | "xml") => {
                fs::write(packed.join(format!("{flat}.br")), brotli(&content)).expect("writable");
                fs::write(packed.join(format!("{flat}.gz")), gzip(&content)).expect("writable");
                true
            }
            _ => false,
        };
        let file =
            |suffix: &str| format!("include_bytes!(concat!(env!(\"OUT_DIR\"), \"/static/{flat}{suffix}\"))");
        let option = |suffix: &str| if squeezed { format!("Some({})", file(suffix)) } else { "None".into() };
        writeln!(
            code,
            "    Asset {{ name: {name:?}, print: {print:?}, plain: {}, brotli: {}, gzip: {} }},",
            file(""),
            option(".br"),
            option(".gz"),
        )
        .expect("writing to a string");
    }
    code.push_str("];\n");
    fs::write(out.join("assets.rs"), code).expect("a writable output folder");
}

pub fn brotli(content: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &content[..], &mut packed, &parameters).expect("compressing in memory");
    packed
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).expect("compressing in memory");
    encoder.finish().expect("compressing in memory")
}
