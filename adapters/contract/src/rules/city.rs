//! Rules for the files of the city folder.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};

use crate::city::{
    Calendar, CalendarSpan, City, District, Domains, LifeEvents, Ratings, SpanKind, Words, Zones,
};
use crate::rules::Report;
use crate::rules::report::short;
use crate::rules::service::is_class;
use crate::rules::words::Length;
use crate::shape;
use crate::text::Bilingual;

const ICON: &str = "the name of an icon such as `car`";

pub(crate) fn city(city: &City, report: &mut Report) {
    let texts = [
        ("name", &city.name, Length::Name),
        ("footer", &city.footer, Length::Summary),
        ("hall", &city.hall, Length::Summary),
        ("hall_hours", &city.hall_hours, Length::Summary),
        ("about", &city.about, Length::Text),
    ];
    for (field, text, length) in texts {
        report.text(field, text, length);
    }
    let six_digits = |text: &str| text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit());
    report.shape("region", &city.region, six_digits, "the six digits of the region");
    report.shape("hotline", &city.hotline, shape::is_phone, "a phone number such as `12345`");
    let mut codes = Vec::new();
    for (index, district) in city.districts.iter().enumerate() {
        let field = format!("districts[{index}]");
        report.shape(format!("{field}.code"), &district.code, six_digits, "the six digits of the district");
        report.text(format!("{field}.name"), &district.name, Length::Name);
        if codes.contains(&&district.code) || district.streets.is_empty() {
            let remedy = "Give each district a code of its own, and its streets and towns.";
            report.error(field.clone(), "Nobody can choose this district.", remedy);
        }
        codes.push(&district.code);
        for (at, street) in district.streets.iter().enumerate() {
            report.text(format!("{field}.streets[{at}]"), street, Length::Name);
        }
        contacts(&field, district, report);
    }
    for (index, portal) in city.higher_portals.iter().enumerate() {
        report.text(format!("higher_portals[{index}].name"), &portal.name, Length::Name);
        report.shape(
            format!("higher_portals[{index}].url"),
            &portal.url,
            shape::is_web_address,
            "an address that begins with https://",
        );
    }
}

fn contacts(field: &str, district: &District, report: &mut Report) {
    for (at, contact) in district.contacts.iter().enumerate() {
        let field = format!("{field}.contacts[{at}]");
        report.text(format!("{field}.duty"), &contact.duty, Length::Name);
        report.shape(
            format!("{field}.phone"),
            &contact.phone,
            shape::is_phone,
            "a phone number such as `12345`",
        );
        let known = |name: &String| district.streets.iter().any(|street| street.zh == *name);
        if contact.street.as_ref().is_some_and(|name| !known(name)) {
            let remedy = "Write the Chinese name of one of the district's streets, or leave it out.";
            report.error(format!("{field}.street"), "The district has no such street.", remedy);
        }
    }
}

pub(crate) fn domains(domains: &Domains, report: &mut Report) {
    let mut codes = Seen::default();
    for (index, domain) in domains.domains.iter().enumerate() {
        let field = format!("domains[{index}]");
        report.shape(format!("{field}.code"), &domain.code, shape::is_short_code, "a code such as `D02`");
        codes.note(&domain.code, format!("{field}.code"), report);
        report.text(format!("{field}.name"), &domain.name, Length::Name);
        report.text(format!("{field}.about"), &domain.about, Length::Summary);
        report.shape(format!("{field}.icon"), &domain.icon, shape::is_dashed, ICON);
        for (index, class) in domain.classes.iter().enumerate() {
            let field = format!("{field}.classes[{index}]");
            report.text(format!("{field}.name"), &class.name, Length::Name);
            codes.note(&class.code, format!("{field}.code"), report);
            let own = class.code.strip_prefix(&domain.code).is_some_and(|rest| rest.starts_with('-'));
            if !(own && is_class(&class.code)) {
                report.error(
                    format!("{field}.code"),
                    format!("The class `{}` does not belong to the domain `{}`.", class.code, domain.code),
                    format!("Begin the code with the domain's, such as `{}-1`.", domain.code),
                );
            }
        }
    }
}

pub(crate) fn zones(zones: &Zones, report: &mut Report) {
    let mut ids = Seen::default();
    for (index, zone) in zones.zones.iter().enumerate() {
        let field = format!("zones[{index}]");
        report.shape(format!("{field}.id"), &zone.id, shape::is_slug, "an id such as `senior`");
        ids.note(&zone.id, format!("{field}.id"), report);
        report.text(format!("{field}.name"), &zone.name, Length::Name);
        report.text(format!("{field}.about"), &zone.about, Length::Summary);
        report.shape(format!("{field}.icon"), &zone.icon, shape::is_dashed, ICON);
        report.text(format!("{field}.help"), &zone.help, Length::Body);
    }
}

pub(crate) fn life_events(events: &LifeEvents, report: &mut Report) {
    let mut names = Seen::default();
    for (index, event) in events.events.iter().enumerate() {
        let field = format!("events[{index}]");
        report.shape(format!("{field}.id"), &event.id, shape::is_slug, "an id such as `a-child-is-born`");
        report.shape(format!("{field}.code"), &event.code, shape::is_short_code, "a code such as `E01`");
        names.note(&event.id, format!("{field}.id"), report);
        names.note(&event.code, format!("{field}.code"), report);
        report.text(format!("{field}.name"), &event.name, Length::Name);
        report.text(format!("{field}.about"), &event.about, Length::Text);
        report.shape(format!("{field}.icon"), &event.icon, shape::is_dashed, ICON);
        report.not_empty(
            &format!("{field}.steps"),
            &event.steps,
            "Name the services that belong to the event.",
        );
        let mut services = Seen::default();
        for (index, step) in event.steps.iter().enumerate() {
            let field = format!("{field}.steps[{index}]");
            report.shape(
                format!("{field}.service"),
                &step.service,
                shape::is_service_code,
                "the code of a service such as `YZ02022`",
            );
            services.note(&step.service, format!("{field}.service"), report);
            report.text(format!("{field}.note"), &step.note, Length::Text);
        }
    }
}

pub(crate) fn calendar(calendar: &Calendar, report: &mut Report) {
    for (index, span) in calendar.spans.iter().enumerate() {
        let field = format!("spans[{index}]");
        report.text(format!("{field}.name"), &span.name, Length::Name);
        report.shape(
            format!("{field}.notice"),
            &span.notice,
            shape::is_web_address,
            "the address of the notice",
        );
        if span.to < span.from {
            report.error(
                format!("{field}.to"),
                "The span ends before it begins.",
                "Put the two dates in order.",
            );
        } else if span.from.year() != span.to.year() {
            report.error(
                format!("{field}.to"),
                "The span reaches into another year.",
                "Write one span for each year.",
            );
        } else if span.kind == SpanKind::Work && !days(span).all(is_weekend) {
            report.warning(
                format!("{field}.kind"),
                "A working day that is not on a weekend needs no entry.",
                "Check the date.",
            );
        }
        let before =
            calendar.spans[..index].iter().find(|other| other.from <= span.to && span.from <= other.to);
        if let Some(other) = before {
            report.error(
                format!("{field}.from"),
                format!("This span overlaps the one from {} to {}.", other.from, other.to),
                "Let every day belong to one span.",
            );
        }
    }
}

fn days(span: &CalendarSpan) -> impl Iterator<Item = NaiveDate> {
    // A span lies within a year, so this ends soon.
    span.from.iter_days().take_while(|day| *day <= span.to)
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

pub(crate) fn search_words(words: &Words, report: &mut Report) {
    let mut groups: BTreeMap<String, usize> = BTreeMap::new();
    for (number, group) in words.groups.iter().enumerate() {
        let field = format!("groups[{number}].words");
        if group.words.len() < 2 {
            let remedy = "Add a word that means the same, or remove the group.";
            report.error(&field, "A group of one word says nothing.", remedy);
        }
        for (index, word) in group.words.iter().enumerate() {
            let field = format!("{field}[{index}]");
            report.word(&field, word);
            // A word may mean two things; more often two groups grew that should be one.
            if let Some(other) = groups.insert(word.to_lowercase(), number) {
                let message = format!("`{}` is also in groups[{other}].", short(word));
                report.warning(field, message, "Make one group of the two if all their words mean the same.");
            }
        }
    }
    for (index, word) in words.stop.iter().enumerate() {
        report.word(format!("stop[{index}]"), word);
    }
    report.no_repeats("stop", &words.stop);
}

pub(crate) fn ratings(ratings: &Ratings, report: &mut Report) {
    let days = [
        ("contact_due", ratings.contact_due),
        ("fix_due", ratings.fix_due),
        ("complex_fix_due", ratings.complex_fix_due),
        ("appeal_window", ratings.appeal_window),
        ("rate_window", ratings.rate_window),
    ];
    for (field, days) in days {
        if !(1..=365).contains(&days) {
            report.error(field, format!("{days} days are no term."), "Give it 1 to 365 days.");
        }
    }
    if !(ratings.contact_due <= ratings.fix_due && ratings.fix_due <= ratings.complex_fix_due) {
        let message = "A call comes before what is put right, and what is complex takes no less time.";
        report.error("complex_fix_due", message, "Put the three terms in order.");
    }
    let quality = &ratings.quality;
    for (field, given, least, most) in [
        ("quality.preview_days", quality.preview_days, 1, 60),
        ("quality.least_people", quality.least_people, 2, 50),
        ("quality.silent_days", quality.silent_days, 30, 1000),
    ] {
        if !(least..=most).contains(&given) {
            report.error(field, format!("{given} is out of bounds."), format!("Give {least} to {most}."));
        }
    }
    let mut known: BTreeMap<&str, &Bilingual> = BTreeMap::new();
    for (level, tags) in ratings.tags.levels() {
        for (index, tag) in tags.iter().enumerate() {
            let field = format!("tags.{level}[{index}]");
            report.shape(format!("{field}.id"), &tag.id, shape::is_dashed, "an id such as `quick`");
            report.text(format!("{field}.name"), &tag.name, Length::Name);
            let twice = tags[..index].iter().any(|other| other.id == tag.id);
            let other = known.insert(&tag.id, &tag.name).is_some_and(|name| *name != tag.name);
            if twice || other {
                let message =
                    format!("`{}` stands here twice, or is called otherwise elsewhere.", short(&tag.id));
                report.error(format!("{field}.id"), message, "One id is one word, once at each level.");
            }
        }
    }
}

/// What has been used already, and by which field.
#[derive(Default)]
struct Seen(BTreeMap<String, String>);

impl Seen {
    fn note(&mut self, value: &str, field: String, report: &mut Report) {
        if let Some(first) = self.0.get(value) {
            report.error(field, format!("`{value}` is already used by {first}."), "Use each only once.");
        } else {
            self.0.insert(value.to_owned(), field);
        }
    }
}
