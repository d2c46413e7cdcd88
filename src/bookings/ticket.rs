//! The entry for somebody's own calendar (RFC 5545): one event, in lines that are no longer than the format allows.

use crate::platform::Moment;

/// The longest line, in octets.
const LONGEST: usize = 75;

/// What the entry says.
pub(super) struct Entry<'a> {
    pub id: &'a str,
    pub origin: &'a str,
    pub made: Moment,
    pub starts: Moment,
    pub ends: Moment,
    pub summary: &'a str,
    pub place: &'a str,
    pub about: &'a str,
    pub url: &'a str,
}

pub(super) fn calendar_entry(entry: &Entry<'_>) -> String {
    let at = |at: Moment| at.format("%Y%m%dT%H%M%SZ").to_string();
    let host = entry.origin.split("://").last().unwrap_or_default();
    let lines = [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Yimen//Bookings//ZH".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}@{host}", entry.id),
        format!("DTSTAMP:{}", at(entry.made)),
        format!("DTSTART:{}", at(entry.starts)),
        format!("DTEND:{}", at(entry.ends)),
        format!("SUMMARY:{}", escaped(entry.summary)),
        format!("LOCATION:{}", escaped(entry.place)),
        format!("DESCRIPTION:{}", escaped(entry.about)),
        format!("URL:{}", entry.url),
        "END:VEVENT".to_owned(),
        "END:VCALENDAR".to_owned(),
    ];
    lines.iter().map(|line| folded(line)).collect()
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
        let text = calendar_entry(&Entry {
            id: "2026-7KQ3-MFXD",
            origin: "https://yimen.example",
            made: at("2026-11-21T04:00:00Z"),
            starts: at("2026-11-24T01:00:00Z"),
            ends: at("2026-11-24T01:15:00Z"),
            summary: "预约挂号（市第一人民医院），请提前十五分钟到院签到，不要迟到",
            place: "呼吸内科;\r\nATTENDEE:mailto:x@example.com, 三楼",
            about: "A7K3",
            url: "https://yimen.example/me/bookings/2026-7KQ3-MFXD",
        });
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
}
