//! Rules for the city folder.

use crate::folder::Folder;

#[track_caller]
fn told(path: &str, old: &str, new: &str, lines: &[&str]) {
    let lines: Vec<String> = lines.iter().map(|line| format!("{path}:{line}")).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    Folder::city().with(path, old, new).city_says(&lines);
}

#[test]
fn the_city_itself() {
    told(
        "city.toml",
        "format = 1",
        "format = 9",
        &["1: format: This portal does not read format 9. Write format = 1, and follow that format."],
    );
    told(
        "city.toml",
        "\"990100\"",
        "\"9901\"",
        &["4: region: `9901` has the wrong form. Write the six digits of the region."],
    );
    told(
        "city.toml",
        "\"https://example.org/national\"",
        "\"javascript:alert(1)\"",
        &[
            "12: higher_portals[0].url: `javascript:alert(1)` has the wrong form. Write an address that begins with \
         https://.",
        ],
    );
}

#[test]
fn domains_and_classes() {
    told(
        "domains.toml",
        "\"D02-4\"",
        "\"D03-4\"",
        &[
            "8: domains[0].classes[0].code: The class `D03-4` does not belong to the domain `D02`. Begin the code with \
         the domain's, such as `D02-1`.",
        ],
    );
    told(
        "domains.toml",
        "code = \"D03\"",
        "code = \"D02\"",
        &[
            "12: domains[1].code: `D02` is already used by domains[0].code. Use each only once.",
            "16: domains[1].classes[0].code: The class `D03-1` does not belong to the domain `D02`. Begin the code with \
         the domain's, such as `D02-1`.",
        ],
    );
    told(
        "domains.toml",
        "\"globe\"",
        "\"<b>\"",
        &["15: domains[1].icon: `<b>` has the wrong form. Write the name of an icon such as `car`."],
    );
}

#[test]
fn zones_and_life_events() {
    told(
        "zones.toml",
        "\"senior\"",
        "\"Senior\"",
        &["2: zones[0].id: `Senior` has the wrong form. Write an id such as `senior`."],
    );
    told(
        "life-events.toml",
        "\"YZ02022\"",
        "\"renewal\"",
        &[
            "9: events[0].steps[0].service: `renewal` has the wrong form. Write the code of a service such as `YZ02022`.",
        ],
    );
    let step = "[[events.steps]]\nservice = \"YZ02022\"\nnote = { zh = \"再办\", en = \"Again\" }\n\n[[events.steps]]";
    told(
        "life-events.toml",
        "[[events.steps]]",
        step,
        &[
            "13: events[0].steps[1].service: `YZ02022` is already used by events[0].steps[0].service. Use each only once.",
        ],
    );
}

#[test]
fn the_calendar() {
    told(
        "calendar.toml",
        "to = 2026-01-03",
        "to = 2025-12-31",
        &["3: spans[0].to: The span ends before it begins. Put the two dates in order."],
    );
    told(
        "calendar.toml",
        "from = 2026-01-01",
        "from = 2025-12-31",
        &["3: spans[0].to: The span reaches into another year. Write one span for each year."],
    );
    told(
        "calendar.toml",
        "to = 2026-01-03",
        "to = 2026-01-04",
        &[
            "9: spans[1].from: This span overlaps the one from 2026-01-01 to 2026-01-04. Let every day belong to one span.",
        ],
    );
    told(
        "calendar.toml",
        "to = 2026-01-04",
        "to = 2026-01-05",
        &[
            "11: warning: spans[1].kind: A working day that is not on a weekend needs no entry. Check the date.",
        ],
    );
}

#[test]
fn words_for_searching() {
    told(
        "words.toml",
        "\"罚款\", \"fine\"",
        "\"罚款\"",
        &[
            "7: groups[1].words: A group of one word says nothing. Add a word that means the same, or remove the group.",
        ],
    );
    told(
        "words.toml",
        "\"fine\"",
        "\"Driving licence\"",
        &[
            "7: warning: groups[1].words[1]: `Driving licence` is also in groups[0]. Make one group of the two if all \
         their words mean the same.",
        ],
    );
    told(
        "words.toml",
        "\"how\"",
        "\"怎么\"",
        &["1: stop[1]: `怎么` is listed twice. Remove one of the two."],
    );
}

#[test]
fn terms_and_tags_of_ratings() {
    told(
        "ratings.toml",
        "rate_window = 30",
        "rate_window = 0",
        &["5: rate_window: 0 days are no term. Give it 1 to 365 days."],
    );
    told(
        "ratings.toml",
        "fix_due = 5",
        "fix_due = 20",
        &[
            "3: complex_fix_due: A call comes before what is put right, and what is complex takes no less time. Put the \
         three terms in order.",
        ],
    );
    told(
        "ratings.toml",
        "id = \"slow\"",
        "id = \"quick\"",
        &[
            "14: tags.dissatisfied[0].id: `quick` stands here twice, or is called otherwise elsewhere. One id is one word, \
         once at each level.",
        ],
    );
}

const VOICE: &str = r#"desk = "vehicle-office"

[terms]
dispatch = 1
give_back = 1
handle = 5
answer = 3
extend = 5
visit = 5

[[topics]]
id = "street"
name = { zh = "市容", en = "Streets" }
words = ["路灯"]
agency = "vehicle-office"

[[assets]]
code = "LD-1"
name = { zh = "路灯一号", en = "Street lamp 1" }
district = "990101"
place = { zh = "政和路1号", en = "1 Zhenghe Road" }
topic = "street"
"#;

#[test]
fn who_deals_with_what_people_write() {
    let city = |old: &str, new: &str| Folder::city().put("voice.toml", &VOICE.replacen(old, new, 1));
    assert!(Folder::city().city_package().voice.is_none(), "a city need not take anything");
    let voice = city("", "").city_package().voice.unwrap();
    assert_eq!(voice.asset("LD-1").and_then(|asset| voice.topic(&asset.topic)), voice.topics.first());
    city("dispatch = 1", "dispatch = 0").city_says(&[
        "voice.toml:4: terms.dispatch: This is no term. Write a number of working days from 1 to 60.",
    ]);
    city("topic = \"street\"", "topic = \"moon\"").city_says(&[
        "voice.toml:22: assets[0].topic: There is no such topic. Write the id of one of the topics above.",
    ]);
    city("LD-1", "ld 1").city_says(&[
        "voice.toml:18: assets[0].code: `ld 1` has the wrong form. Write capital letters, digits and dashes.",
    ]);
}

#[test]
fn whom_people_of_a_district_can_call() {
    const DISTRICT: &str = r#"
[[districts]]
code = "990101"
name = { zh = "云江区", en = "Yunjiang District" }
streets = [{ zh = "政和街道", en = "Zhenghe Street" }]
contacts = [{ street = "政和街道", duty = { zh = "便民服务", en = "Help for residents" }, phone = "12345" }]
"#;
    let city = |old: &str, new: &str| {
        let district = DISTRICT.replacen(old, new, 1);
        Folder::city().put("city.toml", &format!("{}{district}", include_str!("city/city.toml")))
    };
    let districts = city("", "").city_package().city.districts;
    assert_eq!(districts[0].contacts[0].street.as_deref(), Some("政和街道"));
    assert_eq!(city("street = \"政和街道\", ", "").city_package().city.districts[0].contacts[0].street, None);
    city("street = \"政和街道\"", "street = \"别的街道\"")
        .city_says(&["city.toml:18: districts[0].contacts[0].street: The district has no such street. \
         Write the Chinese name of one of the district's streets, or leave it out."]);
}
