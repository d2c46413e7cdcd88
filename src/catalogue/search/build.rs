//! Reading the documents into an index.

use std::collections::HashMap;

use super::{
    Entry, Field, Index, Key, Known, english,
    fold::{Folded, Run},
    slips::Spellings,
    sound,
    sound_table::Sounds,
    terms::{Gathering, TermId},
    vocabulary::Vocabulary,
    weights,
};

/// Longest phrase of English words that a word group may hold.
pub const PHRASE: usize = 5;

pub fn build(entries: &[Entry], words: &[Vec<String>], stop: &[String]) -> Index {
    let names: Vec<Folded> = entries.iter().map(|entry| Folded::whole(&entry.name_zh)).collect();
    let listed =
        entries.iter().flat_map(|entry| entry.synonyms.iter().chain(&entry.class).chain(&entry.agency));
    let listed = listed.chain(words.iter().flatten()).map(|word| Folded::whole(word).compact());
    let vocabulary = Vocabulary::new(names.iter(), listed, stop);

    let mut reader = Reader {
        vocabulary: &vocabulary,
        gathering: Gathering::default(),
        stems: HashMap::new(),
        sentences: HashMap::new(),
    };
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

/// Popularity by rank, so that one service used a million times does not flatten all others.
#[expect(clippy::cast_precision_loss, reason = "counts of documents are small")]
fn known(entries: &[Entry]) -> Vec<Known> {
    let mut uses: Vec<u32> = entries.iter().map(|entry| entry.popularity).collect();
    uses.sort_unstable();
    uses.dedup();
    let top = uses.len().saturating_sub(1).max(1) as f32;
    entries
        .iter()
        .map(|entry| Known {
            code: entry.code.as_str().into(),
            popularity: uses.binary_search(&entry.popularity).unwrap_or(0) as f32 / top,
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
        Self { field, text: text.into(), chars: chars.into(), initials: initials.into(), han }
    }
}

struct Reader<'v> {
    vocabulary: &'v Vocabulary,
    gathering: Gathering,
    /// English words as written, with the term of their stem.
    stems: HashMap<String, TermId>,
    /// Guides repeat their sentences; each is taken apart once.
    sentences: HashMap<String, Box<[TermId]>>,
}

impl Reader<'_> {
    /// The term of a whole word or phrase of one writing system.
    fn phrase(&mut self, text: &str) -> Option<TermId> {
        let folded = Folded::whole(text);
        let runs = folded.runs();
        if let [run] = runs[..]
            && run.han
        {
            return Some(self.gathering.term(&folded.text(run)));
        }
        if runs.is_empty() || runs.iter().any(|run| run.han) {
            return None;
        }
        let stems: Vec<String> = latin(&folded, &runs)
            .into_iter()
            .filter(|word| !word.part && !self.vocabulary.is_stop(&word.text))
            .map(|word| {
                let stem = english::stem(&word.text);
                let term = self.gathering.term(&stem);
                self.stems.insert(word.text, term);
                stem
            })
            .collect();
        (!stems.is_empty() && stems.len() <= PHRASE).then(|| self.gathering.term(&stems.join(" ")))
    }

    fn entry(&mut self, entry: &Entry) {
        let code = self.gathering.term(&Folded::whole(&entry.code).compact());
        self.stems.insert(Folded::whole(&entry.code).compact(), code);
        self.gathering.has(code, Field::Code, 1.0);
        for (field, text) in [
            (Field::Name, &entry.name_zh),
            (Field::Name, &entry.name_en),
            (Field::Summary, &entry.summary_zh),
            (Field::Summary, &entry.summary_en),
        ] {
            self.text(field, text);
        }
        for (field, texts) in [
            (Field::Synonym, &entry.synonyms),
            (Field::Class, &entry.class),
            (Field::Domain, &entry.domain),
            (Field::Agency, &entry.agency),
            (Field::Audience, &entry.audience),
        ] {
            for text in texts {
                self.text(field, text);
            }
        }
    }

    fn text(&mut self, field: Field, text: &str) {
        let folded = Folded::whole(text);
        let runs = folded.runs();
        let share = share(field, &runs);
        for run in runs.iter().filter(|run| run.han) {
            self.han(&folded.text(*run), &mut |gathering, term| gathering.has(term, field, share), true);
        }
        self.english(&folded, &runs, field, share);
    }

    /// Words, pairs and (outside bodies) single characters of a run, and the groups of its words.
    fn han(&mut self, run: &str, take: &mut dyn FnMut(&mut Gathering, TermId), strong: bool) {
        for (_, _, word) in self.vocabulary.words(run) {
            if strong {
                let term = self.gathering.term(word);
                take(&mut self.gathering, term);
                for group in self.gathering.groups(term).to_vec() {
                    take(&mut self.gathering, group);
                }
            } else if let Some(term) = self.gathering.get(word) {
                take(&mut self.gathering, term);
            }
        }
        let ends: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
        for pair in ends.windows(3) {
            let term = self.gathering.term(&run[pair[0]..pair[2]]);
            take(&mut self.gathering, term);
        }
        if strong {
            for one in ends.windows(2) {
                let term = self.gathering.term(&run[one[0]..one[1]]);
                take(&mut self.gathering, term);
            }
        }
    }

    fn english(&mut self, folded: &Folded, runs: &[Run], field: Field, share: f32) {
        let mut phrase: Vec<TermId> = Vec::new();
        for word in latin(folded, runs) {
            if self.vocabulary.is_stop(&word.text) {
                continue;
            }
            let term = match self.stems.get(&word.text) {
                Some(&term) => term,
                None => {
                    let term = self.gathering.term(&english::stem(&word.text));
                    self.stems.insert(word.text, term);
                    term
                }
            };
            self.gathering.has(term, field, share);
            for group in self.gathering.groups(term).to_vec() {
                self.gathering.has(group, field, share);
            }
            if word.part {
                continue;
            }
            phrase.push(term);
            for length in 2..=PHRASE.min(phrase.len()) {
                let key = self.gathering.join(&phrase[phrase.len() - length..]);
                if let Some(term) = self.gathering.get(&key) {
                    self.gathering.has(term, field, share);
                    for group in self.gathering.groups(term).to_vec() {
                        self.gathering.has(group, field, share);
                    }
                }
            }
        }
    }

    fn body(&mut self, body: &str) {
        for sentence in body.split(['。', '；', '？', '\n', '，']) {
            if sentence.is_empty() {
                continue;
            }
            if let Some(terms) = self.sentences.get(sentence) {
                for &term in terms {
                    self.gathering.has(term, Field::Body, 1.0);
                }
                continue;
            }
            let folded = Folded::whole(sentence);
            let mut terms = Vec::new();
            for run in folded.runs().into_iter().filter(|run| run.han) {
                self.han(&folded.text(run), &mut |_, term| terms.push(term), false);
            }
            for &term in &terms {
                self.gathering.has(term, Field::Body, 1.0);
            }
            self.sentences.insert(sentence.to_owned(), terms.into());
        }
    }
}

/// A short name says the same in fewer words.
#[expect(clippy::cast_precision_loss, reason = "lengths of names are small")]
fn share(field: Field, runs: &[Run]) -> f32 {
    if !matches!(field, Field::Name | Field::Synonym) {
        return 1.0;
    }
    let (mut han, mut latin) = (0, 0);
    for run in runs {
        *(if run.han { &mut han } else { &mut latin }) += run.end - run.start;
    }
    let length = han as f32 / weights::USUAL_HAN + latin as f32 / weights::USUAL_LATIN;
    1.0 / (1.0 - weights::DILUTION + weights::DILUTION * length)
}

/// A Latin word of a text or a query.
pub struct Word {
    pub start: usize,
    pub end: usize,
    pub text: String,
    /// It is a part of the hyphenated word before it.
    pub part: bool,
}

/// The Latin words of a text. A hyphenated one comes whole, without the hyphen, then in its parts.
pub fn latin(folded: &Folded, runs: &[Run]) -> Vec<Word> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(first) = runs.get(at) {
        let mut last = at;
        while let Some(next) = runs.get(last + 1)
            && !first.han
            && !next.han
            && next.start == runs[last].end + 1
            && folded.chars[runs[last].end] == '-'
        {
            last += 1;
        }
        if last > at {
            let text = runs[at..=last].iter().map(|&run| folded.text(run)).collect();
            words.push(Word { start: first.start, end: runs[last].end, text, part: false });
        }
        for &run in runs[at..=last].iter().filter(|run| !run.han) {
            words.push(Word { start: run.start, end: run.end, text: folded.text(run), part: last > at });
        }
        at = last + 1;
    }
    words
}
