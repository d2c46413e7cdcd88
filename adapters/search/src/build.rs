//! Reading the documents into an index.

use std::collections::HashMap;

use super::{
    Entry, Field, Index, Key, Known, fold::Folded, reader::Reader, slips::Spellings, sound,
    sound_table::Sounds, terms::TermId, vocabulary::Vocabulary, weights,
};

pub fn build(entries: &[Entry], words: &[Vec<String>], stop: &[String]) -> Index {
    let names: Vec<Folded> = entries.iter().map(|entry| Folded::whole(&entry.name_zh)).collect();
    let listed =
        entries.iter().flat_map(|entry| entry.synonyms.iter().chain(&entry.class).chain(&entry.agency));
    let listed = listed.chain(words.iter().flatten()).map(|word| Folded::whole(word).compact());
    let vocabulary = Vocabulary::new(names.iter(), listed, stop);

    let mut reader = Reader::new(&vocabulary);
    for (number, group) in words.iter().enumerate() {
        let terms: Vec<TermId> = group.iter().filter_map(|word| reader.phrase(word)).collect();
        reader.gathering.group(number, &terms);
    }
    let mut sounding = Vec::new();
    for (doc, entry) in (0..).zip(entries) {
        reader.entry(entry);
        for &term in reader.gathering.touched() {
            sounding.push(term);
        }
        reader.body(&entry.body_zh);
        reader.gathering.close(doc);
    }
    let surfaces = std::mem::take(&mut reader.stems);
    let terms = reader.gathering.finish(entries.len());

    let spellings = Spellings::new(surfaces, &terms, &vocabulary);
    let sounds = Sounds::new(sounding, &terms, &vocabulary);
    let docs = known(entries);
    let mut exact: HashMap<Box<str>, Vec<(u32, Field)>> = HashMap::new();
    for (number, doc) in (0..).zip(&docs) {
        exact
            .entry(Folded::new(&doc.code, weights::QUERY_CHARS).compact().into())
            .or_default()
            .push((number, Field::Code));
        for key in &doc.keys {
            let compact = Folded::new(&key.text, weights::QUERY_CHARS).compact();
            if !compact.is_empty() {
                exact.entry(compact.into()).or_default().push((number, key.field));
            }
        }
    }
    Index { docs, vocabulary, terms, spellings, sounds, exact }
}

/// Popularity by rank, so that one service used a million times does not flatten all others. Before there is use
/// to count, and among equals, what people have many words for is what they often want.
#[expect(clippy::cast_precision_loss, reason = "counts of documents are small")]
fn known(entries: &[Entry]) -> Vec<Known> {
    let use_of = |entry: &Entry| (entry.popularity, entry.synonyms.len());
    let mut uses: Vec<(u32, usize)> = entries.iter().map(use_of).collect();
    uses.sort_unstable();
    uses.dedup();
    let top = uses.len().saturating_sub(1).max(1) as f32;
    entries
        .iter()
        .map(|entry| Known {
            code: entry.code.as_str().into(),
            popularity: uses.binary_search(&use_of(entry)).unwrap_or(0) as f32 / top,
            keys: [(Field::Name, &entry.name_zh), (Field::Name, &entry.name_en)]
                .into_iter()
                .chain(entry.synonyms.iter().map(|synonym| (Field::Synonym, synonym)))
                .map(|(field, text)| Key::new(field, text))
                .collect(),
        })
        .collect()
}

impl Key {
    fn new(field: Field, text: &str) -> Self {
        let folded = Folded::whole(text);
        let mut chars: Vec<char> = Vec::with_capacity(folded.chars.len());
        let mut end = 0;
        let runs = folded.runs();
        for run in &runs {
            if !run.han && end > 0 && run.start > end {
                chars.push(' ');
            }
            chars.extend(&folded.chars[run.start..run.end]);
            end = run.end;
        }
        let han = runs.iter().any(|run| run.han);
        let initials = if han { sound::initials(&chars) } else { String::new() };
        Self {
            field,
            text: text.into(),
            sounds: chars.iter().map(|&c| sound::first_letters(c)).collect(),
            chars: chars.into(),
            initials: initials.into(),
            han,
        }
    }
}
