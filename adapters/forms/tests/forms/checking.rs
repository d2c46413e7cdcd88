//! The checker: findings with file and line, and samples that no form would have given.

use yimen_contract::{Files, package};
use yimen_forms::check;

use crate::folder::agencies;

fn edited(slug: &str, path: &str, from: &str, to: &str) -> Files {
    let files = Files::read_folder(&agencies().join(slug));
    let text = files.get(path).unwrap();
    assert!(text.contains(from));
    let new = text.replacen(from, to, 1);
    let texts =
        files.iter().map(|(name, text)| (name, if name == path { new.as_bytes() } else { text.as_bytes() }));
    Files::gather(texts)
}

#[test]
fn a_bad_form_is_refused_with_file_line_and_remedy() {
    let files =
        edited("civil-affairs", "forms/yz12013.json", "\"x-kind\": \"money\"", "\"x-kind\": \"shoes\"");
    let findings = check::forms(&files);
    let finding = findings.errors().next().unwrap();
    assert_eq!(
        (finding.file.as_str(), finding.field.as_deref()),
        ("forms/yz12013.json", Some("properties.income.x-kind"))
    );
    let line =
        files.get("forms/yz12013.json").unwrap().lines().position(|line| line.contains("shoes")).unwrap() + 1;
    assert_eq!(finding.line, Some(line));
    assert!(finding.problem.remedy.contains("money"));
    assert_eq!(findings.len(), 1);
}

#[test]
fn a_sample_whose_answers_no_form_would_give_is_found() {
    let path = "samples/case-submit-yz12019.json";
    for (from, to, field) in [
        ("990101201908230140", "990101201908230141", "question.answers.child_id"),
        ("\"child_id\"", "\"kid_id\"", "question.answers.kid_id"),
    ] {
        let files = edited("civil-affairs", path, from, to);
        let package = package::read("civil-affairs", &files).value.unwrap();
        let findings = check::samples(&package, &files);
        assert!(
            findings.iter().any(|one| one.file == path && one.field.as_deref() == Some(field)),
            "{findings}"
        );
        assert!(findings.iter().all(|one| one.line.is_some_and(|line| line > 1)));
    }
}

#[test]
fn forms_and_samples_of_the_city_agree() {
    let mut samples = 0;
    for entry in std::fs::read_dir(agencies()).unwrap() {
        let folder = entry.unwrap().path();
        let slug = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let files = Files::read_folder(&folder);
        let package = package::load(&slug, &files).unwrap();
        let findings = check::samples(&package, &files);
        assert!(findings.is_empty(), "{slug}: {findings}");
        samples += package.samples.len();
    }
    assert!(samples > 800, "{samples}");
}
