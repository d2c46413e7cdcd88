//! What is kept out before anything is read.

use std::fs;

use yimen_contract::Files;

use crate::folder::{Folder, said};

fn refused<const N: usize>(entries: [(&str, &[u8]); N]) -> Vec<String> {
    said(Files::gather(entries).refused())
}

#[test]
fn the_sample_has_nothing_to_find() {
    Folder::agency().says(&[]);
    Folder::backed().says(&[]);
    Folder::city().city_says(&[]);
}

#[test]
fn a_compiled_package_reads_back_as_it_was() {
    let package = Folder::agency().package();
    let text = serde_json::to_string(&package).unwrap();
    assert_eq!(serde_json::from_str::<yimen_contract::Package>(&text).unwrap(), package);
    let city = Folder::city().city_package();
    let text = serde_json::to_string(&city).unwrap();
    assert_eq!(serde_json::from_str::<yimen_contract::CityPackage>(&text).unwrap(), city);
}

#[test]
fn paths_stay_inside() {
    let leaves = "This path leads out of the package. Name the file by its place inside the package, such as \
                  services/YZ02022.toml.";
    for path in ["../agency.toml", "/etc/passwd", "services//a.toml", "services\\a.toml", "services/.."] {
        assert_eq!(refused([(path, b"")]), [format!("{path}: {leaves}")]);
    }
    assert_eq!(refused([("", b"")]), [format!(".: {leaves}")]);
    assert_eq!(
        refused([("services/.swp", b""), ("a/b/c.toml", b""), ("表.toml", b"")]),
        [
            "services/.swp: This file is hidden. Remove it, or give it a name without a dot in front.",
            "a/b/c.toml: A package has no folders within folders. Move the file one level up.",
            "表.toml: The name of this file cannot be used. Use only letters a to z, digits, dashes, \
             underscores and dots.",
        ]
    );
}

#[test]
fn only_text_comes_in() {
    assert_eq!(
        refused([("README.md", b"one\ntwo \xff\n")]),
        ["README.md:2: This file is not UTF-8 text. Save it as UTF-8, or remove it."]
    );
    let files = Files::gather([("README.md", b"\xef\xbb\xbfHello")]);
    assert_eq!(files.get("README.md"), Some("Hello"));
    assert_eq!(
        refused([("README.md", b""), ("README.md", b"")]),
        ["README.md: This path is there twice. Remove one of the two files."]
    );
}

#[test]
fn too_much_is_not_read_to_its_end() {
    let big = vec![b' '; 1024 * 1024 + 1];
    assert_eq!(
        said(Files::gather([("README.md", &big)]).refused()),
        ["README.md: This file is larger than 1024 KiB. Shorten it or split it."]
    );
    let mebibyte = vec![b' '; 1024 * 1024];
    let endless = (0..).map(|n| (format!("maps/{n}.jq"), &mebibyte));
    let files = Files::gather(endless);
    assert_eq!(files.len(), 32);
    assert_eq!(
        said(files.refused()),
        [".: The folder holds more than 32 MiB; the rest was not read. Remove what does not belong to it."]
    );
    let files = Files::gather((0..).map(|n| (format!("maps/{n}.jq"), b"")));
    assert_eq!(files.len(), 5_000);
    assert_eq!(
        said(files.refused()),
        [".: The folder has more than 5000 files; the rest was not read. Remove what does not belong to it."]
    );
    let hostile = Files::gather((0..).map(|n| (format!("../{n}"), b"")));
    assert!(hostile.is_empty() && hostile.refused().len() <= 5_001);
}

#[test]
fn a_folder_is_read_without_following_links() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir_all(at("services/deeper")).unwrap();
    fs::create_dir(at(".git")).unwrap();
    fs::write(at("services/YZ02022.toml"), "code = 1").unwrap();
    fs::write(at("agency.toml"), "format = 1").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/passwd", at("README.md")).unwrap();
    let files = Files::read_folder(folder.path());
    assert_eq!(
        files.iter().map(|(path, _)| path).collect::<Vec<_>>(),
        ["agency.toml", "services/YZ02022.toml"]
    );
    assert_eq!(
        said(files.refused()),
        [
            ".git: This file is hidden. Remove it, or give it a name without a dot in front.",
            #[cfg(unix)]
            "README.md: This is a link. Put the file itself into the package.",
            "services/deeper: A package has no folders within folders. Move the file one level up.",
        ]
    );
    let nowhere = Files::read_folder(&at("nowhere"));
    assert!(said(nowhere.refused())[0].starts_with(".: This cannot be read: "), "{}", nowhere.refused());
}

#[test]
fn a_file_that_nothing_reads_is_named() {
    let unread = "Nothing reads a file of this name. Check the spelling of the folder and the ending, or remove \
                  the file.";
    let lines = [format!("agency.yaml: {unread}"), format!("service/YZ02023.toml: {unread}")];
    let folder = Folder::agency().put("agency.yaml", "").put("service/YZ02023.toml", "");
    folder.says(&lines.each_ref().map(String::as_str));
    Folder::city().put("agency.toml", "").city_says(&[&format!("agency.toml: {unread}")]);
}

#[test]
fn what_must_be_there() {
    Folder::agency()
        .without("agency.toml")
        .says(&["agency.toml: This file is missing. Every package says in it who the agency is."]);
    Folder::city()
        .without("zones.toml")
        .city_says(&["zones.toml: This file is missing. Every city folder has one."]);
    let findings = yimen_contract::package::load("Vehicle Office", &Folder::agency().files()).unwrap_err();
    assert_eq!(
        said(&findings),
        [
            ".: `Vehicle Office` cannot be the name of a package's folder. Use 2 to 40 lower-case letters, digits \
          and dashes, such as `traffic-police`."
        ]
    );
}
