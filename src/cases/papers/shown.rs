//! Papers in words and lines, as pages show them.

use super::{
    kept::{Paper, Promise},
    kind::Kind,
    picture,
    places::Place,
    take::Refused,
    views::{FileLine, PaperLine, PaperSheet, PlaceView},
};
use crate::{
    catalogue::present::Presenter,
    platform::{Texts, named},
    web::{Site, frame::Text},
};

/// A case's papers as its page shows them.
pub(in crate::cases) fn of_case(
    (files, promised): (&[Paper], &[Promise]),
    base: &str,
    named: impl Fn(&str) -> Text,
) -> PaperSheet {
    let mut lines: Vec<(String, PaperLine)> = Vec::new();
    let blank = |at: &str| PaperLine {
        name: named(at),
        files: Vec::new(),
        promised: false,
        due: None,
        provisional: false,
        missing: false,
    };
    for file in files.iter().filter(|file| file.handed_in.is_some()) {
        if !lines.iter().any(|(at, _)| *at == file.place) {
            lines.push((file.place.clone(), blank(&file.place)));
        }
        if let Some((_, line)) = lines.iter_mut().find(|(at, _)| *at == file.place) {
            line.files.push(file_line(file, base));
        }
    }
    for promise in promised {
        let (due, provisional) = (promise.due_on, promise.provisional);
        let line = PaperLine { promised: true, due, provisional, ..blank(&promise.place) };
        lines.push((promise.place.clone(), line));
    }
    PaperSheet { lines: lines.into_iter().map(|(_, line)| line).collect(), change: None }
}

pub(super) fn file_line(file: &Paper, base: &str) -> FileLine {
    let (id, size) = (file.id.to_string(), size(file.size));
    FileLine { url: format!("{base}/files/{id}"), id, name: file.name.clone(), size }
}

/// As people say how large a file is.
pub(super) fn size(bytes: u64) -> String {
    if bytes < 1 << 20 {
        format!("{} KB", bytes.div_ceil(1024))
    } else {
        format!("{}.{} MB", bytes >> 20, ((bytes % (1 << 20)) * 10) >> 20)
    }
}

/// What is said of a paper that must be there.
pub(in crate::cases) fn missing(t: Texts, place: &Place) -> String {
    if place.may_be_late { t.papers_missing_late() } else { t.papers_missing() }.to_owned()
}

/// A place with the files that lie there.
pub(in crate::cases) fn place_view<'p>(
    present: Presenter<'_>,
    site: &Site,
    place: &Place,
    (files, base): (impl Iterator<Item = &'p Paper>, &str),
) -> PlaceView {
    PlaceView {
        slug: place.slug.clone(),
        name: present.text(&place.name),
        note: present.maybe(place.note.as_ref()),
        when: present.maybe(place.when.as_ref()),
        required: place.required,
        original: place.original,
        may_be_late: place.may_be_late,
        several: place.several,
        accept: place.kinds.iter().map(|kind| kind.media_type()).collect::<Vec<_>>().join(","),
        limits: limits(present.t, site, place),
        files: files.map(|file| file_line(file, base)).collect(),
        promised: false,
        error: None,
    }
}

/// Which files a place takes, in words.
fn limits(t: Texts, site: &Site, place: &Place) -> String {
    takes(t, &place.kinds, place.most_bytes.unwrap_or(u64::MAX).min(site.files.file_bytes))
}

pub(super) fn takes(t: Texts, kinds: &[Kind], most: u64) -> String {
    let (document, picture) = ((most >> 20).max(1), (most.min(picture::LARGEST) >> 20).max(1));
    let (pdf, pictures) = (kinds.contains(&Kind::Pdf), kinds.iter().any(|kind| *kind != Kind::Pdf));
    match (pdf, pictures) {
        (true, true) => t.papers_takes_both(named::Most(document), named::Picture(picture)),
        (true, false) => t.papers_takes_documents(document),
        _ => t.papers_takes_pictures(picture),
    }
}

/// Why a place that takes such files takes this one not.
pub(in crate::cases) fn said_at(t: Texts, kinds: &[Kind], why: Refused) -> String {
    let (pdf, pictures) = (kinds.contains(&Kind::Pdf), kinds.iter().any(|kind| *kind != Kind::Pdf));
    match why {
        Refused::NotThisKind if !pdf => t.papers_only_pictures().to_owned(),
        Refused::NotThisKind if !pictures => t.papers_only_documents().to_owned(),
        why => said(t, why),
    }
}

/// Why a file is not taken, in a sentence that says what to do.
pub(in crate::cases) fn said(t: Texts, why: Refused) -> String {
    match why {
        Refused::Empty => t.papers_empty().to_owned(),
        Refused::NotThisKind => t.papers_not_this_kind().to_owned(),
        Refused::TooLarge(most) => t.papers_too_large(most),
        Refused::TooMuch(most) => t.papers_too_much(most),
        Refused::TooMany => t.papers_too_many().to_owned(),
        Refused::TooManyDots => t.papers_too_many_dots().to_owned(),
        Refused::Active => t.papers_active().to_owned(),
        Refused::Locked => t.papers_locked().to_owned(),
        Refused::Unreadable => t.papers_unreadable().to_owned(),
    }
}
