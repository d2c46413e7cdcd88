//! The examples in the handbook for agencies are ones that the checker takes.

use crate::folder::{Folder, said};

const FILE: &str = "agency.toml";
const HANDBOOK: &str = include_str!("../../../../docs/agency.md");

/// The indented blocks that describe a backend.
fn examples() -> Vec<String> {
    let (mut blocks, mut block) = (Vec::new(), String::new());
    for line in HANDBOOK.lines().chain(["the end"]) {
        match line.strip_prefix("    ") {
            Some(line) => block.extend([line, "\n"]),
            None if line.is_empty() => block.push('\n'),
            None => blocks.push(std::mem::take(&mut block)),
        }
    }
    blocks
        .into_iter()
        .map(|block| block.trim_start().to_owned())
        .filter(|block| block.starts_with("[backend]\ndriver"))
        .collect()
}

#[test]
fn each_example_of_a_backend_is_fine() {
    let examples = examples();
    assert_eq!(examples.len(), 5, "{examples:#?}");
    for example in examples {
        let mut folder = Folder::agency().put("maps/event.jq", ".");
        let agency = folder.0.get_mut(FILE).unwrap();
        agency.truncate(agency.find("[backend]").unwrap());
        let mut added = String::from("[backend]\n");
        for (field, value) in [("endpoint", "\"alias\""), ("auth", "\"none\"")] {
            if !example.contains(&format!("\n{field} = ")) {
                added.extend([field, " = ", value, "\n"]);
            }
        }
        if example.contains("event-key") {
            added.push_str("secrets = [\"event-key\"]\n");
        }
        agency.push_str(&example.replacen("[backend]\n", &added, 1));
        // The form of XML belongs to a capability, which needs its path.
        if example.contains("\".xml]") {
            agency.push_str("[capabilities.\"identity.verify\"]\npath = \"/x\"\n");
        }
        let reading = yimen_contract::package::read("vehicle-office", &folder.files());
        assert!(reading.value.is_some(), "{example}\n{:#?}", said(&reading.findings));
    }
}
