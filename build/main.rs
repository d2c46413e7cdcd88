//! Prepares what the binary carries: typed texts from `locales/`, compressed and fingerprinted files from
//! `static/`, and the demo city's packages from `adapters/`.

#![expect(
    clippy::expect_used,
    reason = "a build that cannot read its own files or write its own output stops"
)]

mod city;
mod files;
mod statics;
mod texts;

use std::{env, path::PathBuf};

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    println!("cargo::rerun-if-changed=build");
    texts::generate(&root.join("locales"), &out.join("texts.rs"));
    statics::generate(&root.join("static"), &out);
    city::generate(&root.join("adapters"), &out);
}
