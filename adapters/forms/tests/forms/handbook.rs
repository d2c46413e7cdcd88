//! What the handbook shows is a form.

use yimen_forms::{Form, Kind};

#[test]
fn the_form_in_the_handbook_is_one() {
    let handbook = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/agency.md");
    let text = std::fs::read_to_string(handbook).unwrap();
    let section = text.split("\n## Forms\n").nth(1).unwrap();
    let lines = section.lines().skip_while(|line| !line.starts_with("    {"));
    let example: String = lines.take_while(|line| line.starts_with("    ")).collect();
    let schema = serde_json::from_str(&example).unwrap();
    let (form, mistakes) = Form::judge(&schema);
    assert_eq!(mistakes.iter().count(), 0, "{mistakes}");
    let form = form.unwrap();
    let pages: Vec<&[String]> = form.pages.iter().map(|page| page.fields.as_slice()).collect();
    assert_eq!(pages, [&["members", "income", "way"][..], &["post_to"], &["children"], &["true"]]);
    assert!(matches!(form.field("children").unwrap().kind, Kind::Repeat { most: 5, .. }));
}
