//! Entries for somebody's own calendar (RFC 5545), in lines that are no longer than the format allows.

use chrono::{Days, NaiveDate};

use crate::platform::Moment;

/// The longest line, in octets.
const LONGEST: usize = 75;

/// When something is.
#[derive(Debug, Clone, Copy)]
pub enum When {
    At {
        starts: Moment,
        ends: Moment,
    },
    /// All day.
    Day(NaiveDate),
}

/// What an entry says.
#[derive(Debug)]
pub struct Entry {
    /// The same whenever the entry is made again, so that a calendar replaces it.
    pub id: String,
    pub when: When,
    pub summary: String,
    pub place: String,
    pub about: String,
    pub url: String,
}

/// A calendar with these entries; with a name, if it is one to be looked at again and again.
pub fn calendar(origin: &str, made: Moment, name: Option<&str>, entries: &[Entry]) -> String {
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Yimen//Calendar//ZH".to_owned(),
        "METHOD:PUBLISH".to_owned(),
    ];
    if let Some(name) = name {
        lines.push(format!("X-WR-CALNAME:{}", escaped(name)));
        // Twice a day is often enough for what changes by the day.
        lines.push("REFRESH-INTERVAL;VALUE=DURATION:PT12H".to_owned());
        lines.push("X-PUBLISHED-TTL:PT12H".to_owned());
    }
    let host = origin.split("://").last().unwrap_or_default();
    for entry in entries {
        lines.extend(event(host, made, entry));
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| folded(line)).collect()
}

fn event(host: &str, made: Moment, entry: &Entry) -> Vec<String> {
    let at = |at: Moment| at.format("%Y%m%dT%H%M%SZ").to_string();
    let mut lines =
        vec!["BEGIN:VEVENT".to_owned(), format!("UID:{}@{host}", entry.id), format!("DTSTAMP:{}", at(made))];
    match entry.when {
        When::At { starts, ends } => {
            lines.extend([format!("DTSTART:{}", at(starts)), format!("DTEND:{}", at(ends))]);
        }
        When::Day(day) => {
            // The end is the first day on which it is not.
            let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
            let plain = |day: NaiveDate| day.format("%Y%m%d").to_string();
            lines.push(format!("DTSTART;VALUE=DATE:{}", plain(day)));
            lines.push(format!("DTEND;VALUE=DATE:{}", plain(next)));
            // Nobody is busy because something ends.
            lines.push("TRANSP:TRANSPARENT".to_owned());
        }
    }
    lines.push(format!("SUMMARY:{}", escaped(&entry.summary)));
    for (name, text) in [("LOCATION", &entry.place), ("DESCRIPTION", &entry.about)] {
        if !text.is_empty() {
            lines.push(format!("{name}:{}", escaped(text)));
        }
    }
    if !entry.url.is_empty() {
        lines.push(format!("URL:{}", entry.url));
    }
    lines.push("END:VEVENT".to_owned());
    lines
}

/// Nothing in a text ends its line or begins a property.
fn escaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => plain.extend(['\\', letter]),
            '\n' => plain.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => plain.push(letter),
        }
    }
    plain
}

fn folded(line: &str) -> String {
    let (mut text, mut length) = (String::with_capacity(line.len() + 8), 0);
    for letter in line.chars() {
        if length + letter.len_utf8() > LONGEST {
            text.push_str("\r\n ");
            length = 1;
        }
        text.push(letter);
        length += letter.len_utf8();
    }
    text.push_str("\r\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_one_event_whatever_its_place_is_called() {
        let at = |text: &str| text.parse::<Moment>().unwrap();
        let entry = Entry {
            id: "2026-7KQ3-MFXD".to_owned(),
            when: When::At { starts: at("2026-11-24T01:00:00Z"), ends: at("2026-11-24T01:15:00Z") },
            summary: "预约挂号（市第一人民医院），请提前十五分钟到院签到，不要迟到".to_owned(),
            place: "呼吸内科;\r\nATTENDEE:mailto:x@example.com, 三楼".to_owned(),
            about: "A7K3".to_owned(),
            url: "https://yimen.example/me/bookings/2026-7KQ3-MFXD".to_owned(),
        };
        let text = calendar("https://yimen.example", at("2026-11-21T04:00:00Z"), None, &[entry]);
        assert!(text.lines().all(|line| line.len() <= LONGEST), "{text}");
        assert!(text.contains("DTSTART:20261124T010000Z\r\n"));
        assert!(text.contains("UID:2026-7KQ3-MFXD@yimen.example\r\n"));
        assert!(!text.contains("\r\nATTENDEE"), "{text}");
        let unfolded = text.replace("\r\n ", "");
        assert!(
            unfolded.contains("LOCATION:呼吸内科\\;\\nATTENDEE:mailto:x@example.com\\, 三楼\r\n"),
            "{text}"
        );
        assert_eq!(unfolded.matches("BEGIN:VEVENT").count(), 1);
    }

    #[test]
    fn what_lasts_a_day_is_no_appointment() {
        let entry = Entry {
            id: "0193".to_owned(),
            when: When::Day(NaiveDate::from_ymd_opt(2026, 12, 31).unwrap()),
            summary: "护照".to_owned(),
            place: String::new(),
            about: String::new(),
            url: "https://yimen.example/me/wallet/0193".to_owned(),
        };
        let made = "2026-11-21T04:00:00Z".parse().unwrap();
        let text = calendar("https://yimen.example", made, Some("我的日期"), &[entry]);
        assert!(text.contains("DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n"), "{text}");
        assert!(text.contains("X-WR-CALNAME:我的日期\r\n") && !text.contains("LOCATION"), "{text}");
    }
}
