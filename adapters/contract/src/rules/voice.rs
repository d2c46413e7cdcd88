//! Rules for `voice.toml`.

use crate::rules::Report;
use crate::rules::words::Length;
use crate::shape;
use crate::voice::Voice;

pub(crate) fn voice(voice: &Voice, report: &mut Report) {
    const SLUG: &str = "the public name of an agency such as `traffic-police`";
    const ID: &str = "lower-case words with dashes";
    report.shape("desk", &voice.desk, shape::is_slug, SLUG);
    let terms = &voice.terms;
    let all = [
        ("dispatch", terms.dispatch),
        ("give_back", terms.give_back),
        ("handle", terms.handle),
        ("answer", terms.answer),
        ("extend", terms.extend),
        ("visit", terms.visit),
    ];
    for (name, days) in all {
        if !(1..=60).contains(&days) {
            let field = format!("terms.{name}");
            report.error(field, "This is no term.", "Write a number of working days from 1 to 60.");
        }
    }
    report.not_empty("topics", &voice.topics, "Write at least one topic, with who deals with it.");
    report.no_repeats("topics", voice.topics.iter().map(|topic| topic.id.as_str()));
    for (at, topic) in voice.topics.iter().enumerate() {
        let field = format!("topics[{at}]");
        report.shape(format!("{field}.id"), &topic.id, shape::is_dashed, ID);
        report.text(format!("{field}.name"), &topic.name, Length::Name);
        report.shape(format!("{field}.agency"), &topic.agency, shape::is_slug, SLUG);
        for (index, word) in topic.words.iter().enumerate() {
            report.word(format!("{field}.words[{index}]"), word);
        }
    }
    report.no_repeats("elsewhere", voice.elsewhere.iter().map(|one| one.id.as_str()));
    for (at, one) in voice.elsewhere.iter().enumerate() {
        let field = format!("elsewhere[{at}]");
        report.shape(format!("{field}.id"), &one.id, shape::is_dashed, ID);
        report.text(format!("{field}.name"), &one.name, Length::Summary);
        report.text(format!("{field}.turn_to"), &one.turn_to, Length::Summary);
    }
    assets(voice, report);
}

fn assets(voice: &Voice, report: &mut Report) {
    let plain = |text: &str| {
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-')
    };
    report.no_repeats("assets", voice.assets.iter().map(|asset| asset.code.as_str()));
    for (at, asset) in voice.assets.iter().enumerate() {
        let field = format!("assets[{at}]");
        report.shape(format!("{field}.code"), &asset.code, plain, "capital letters, digits and dashes");
        report.text(format!("{field}.name"), &asset.name, Length::Name);
        report.text(format!("{field}.place"), &asset.place, Length::Summary);
        if voice.topic(&asset.topic).is_none() {
            report.error(
                format!("{field}.topic"),
                "There is no such topic.",
                "Write the id of one of the topics above.",
            );
        }
    }
}
