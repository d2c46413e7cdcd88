//! Taking documents apart, field by field, into terms.

use super::{
    Entry, Field, english,
    fold::{Folded, Run},
    hash::Map,
    terms::{Gathering, TermId},
    vocabulary::Vocabulary,
    weights,
    words::latin,
};

/// Longest phrase of English words that a word group may hold.
pub const PHRASE: usize = 5;

pub struct Reader<'v> {
    pub vocabulary: &'v Vocabulary,
    pub gathering: Gathering,
    /// English words as written, with the term of their stem.
    pub stems: Map<String, TermId>,
    /// Guides repeat their sentences; each is taken apart once.
    sentences: Map<String, Box<[TermId]>>,
}

impl<'v> Reader<'v> {
    pub fn new(vocabulary: &'v Vocabulary) -> Self {
        Self { vocabulary, gathering: Gathering::default(), stems: Map::default(), sentences: Map::default() }
    }

    /// The term of a whole word or phrase of one writing system.
    pub fn phrase(&mut self, text: &str) -> Option<TermId> {
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

    pub fn entry(&mut self, entry: &Entry) {
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
            self.han(
                &folded.chars[run.start..run.end],
                &mut |gathering, term| gathering.has(term, field, share),
                true,
            );
        }
        self.english(&folded, &runs, field, share);
    }

    /// Words, pairs and (outside bodies) single characters of a run, and the groups of its words.
    fn han(&mut self, chars: &[char], take: &mut dyn FnMut(&mut Gathering, TermId), strong: bool) {
        let run: String = chars.iter().collect();
        for (_, _, word) in self.vocabulary.words(&run) {
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
        for pair in chars.windows(2) {
            let term = self.gathering.short(pair);
            take(&mut self.gathering, term);
        }
        if strong {
            for one in chars.chunks(1) {
                let term = self.gathering.short(one);
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
            let term = if let Some(&term) = self.stems.get(&word.text) {
                term
            } else {
                let term = self.gathering.term(&english::stem(&word.text));
                self.stems.insert(word.text, term);
                term
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

    pub fn body(&mut self, body: &str) {
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
                self.han(&folded.chars[run.start..run.end], &mut |_, term| terms.push(term), false);
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
