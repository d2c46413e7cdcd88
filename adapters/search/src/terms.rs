//! What is found where: for each term the documents that have it, and how much it means there.
//!
//! A term is a Chinese word, a pair of characters, a single character, the stem of an English word, a phrase
//! of stems, or a group of equal words (written `#` and its number, which no text can contain).

use std::sync::Arc;

use super::{Field, hash::Map, weights};

pub type TermId = u32;

#[derive(Debug, Clone, Copy)]
pub struct Posting {
    pub doc: u32,
    pub impact: f32,
    /// One bit for each [`Field`].
    pub fields: u16,
}

#[derive(Default)]
pub struct Terms {
    ids: Map<Arc<str>, TermId>,
    texts: Vec<Arc<str>>,
    starts: Vec<u32>,
    postings: Vec<Posting>,
    rarity: Vec<f32>,
    groups: Map<TermId, Vec<TermId>>,
    members: Map<TermId, Vec<TermId>>,
}

impl Terms {
    pub fn get(&self, text: &str) -> Option<TermId> {
        self.ids.get(text).copied()
    }

    pub fn text(&self, term: TermId) -> &str {
        &self.texts[term as usize]
    }

    pub fn postings(&self, term: TermId) -> &[Posting] {
        let term = term as usize;
        &self.postings[self.starts[term] as usize..self.starts[term + 1] as usize]
    }

    /// From 0 (every document has it) to about 1 (one has it).
    pub fn rarity(&self, term: TermId) -> f32 {
        self.rarity[term as usize]
    }

    /// The groups of equal words a term belongs to.
    pub fn groups(&self, term: TermId) -> &[TermId] {
        self.groups.get(&term).map_or(&[], Vec::as_slice)
    }

    /// The words of a group.
    pub fn members(&self, group: TermId) -> &[TermId] {
        self.members.get(&group).map_or(&[], Vec::as_slice)
    }

    pub fn known(&self, term: TermId) -> bool {
        !self.postings(term).is_empty()
            || self.groups(term).iter().any(|&group| !self.postings(group).is_empty())
    }

    pub fn all(&self) -> impl Iterator<Item = (TermId, &str)> {
        (0..).zip(self.texts.iter().map(Arc::as_ref))
    }
}

/// Gathers the documents one by one.
#[derive(Default)]
pub struct Gathering {
    terms: Terms,
    /// Terms of one and two characters, found without making a text of them.
    short: Map<(char, char), TermId>,
    /// In the order of the documents, all terms together.
    found: Vec<(TermId, Posting)>,
    /// Of the document at hand.
    best: Vec<f32>,
    fields: Vec<u16>,
    touched: Vec<TermId>,
}

impl Gathering {
    pub fn term(&mut self, text: &str) -> TermId {
        if let Some(&id) = self.terms.ids.get(text) {
            return id;
        }
        let id = TermId::try_from(self.terms.texts.len()).unwrap_or(TermId::MAX);
        let text: Arc<str> = text.into();
        self.terms.texts.push(Arc::clone(&text));
        self.terms.ids.insert(text, id);
        self.best.push(0.0);
        self.fields.push(0);
        id
    }

    /// The term of one character or a pair.
    pub fn short(&mut self, chars: &[char]) -> TermId {
        let key = (chars.first().copied().unwrap_or_default(), chars.get(1).copied().unwrap_or_default());
        if let Some(&id) = self.short.get(&key) {
            return id;
        }
        let text: String = chars.iter().collect();
        let id = self.term(&text);
        self.short.insert(key, id);
        id
    }

    pub fn get(&self, text: &str) -> Option<TermId> {
        self.terms.get(text)
    }

    pub fn groups(&self, term: TermId) -> &[TermId] {
        self.terms.groups(term)
    }

    /// The terms the document at hand has had so far.
    pub fn touched(&self) -> &[TermId] {
        &self.touched
    }

    /// The phrase that these terms make.
    pub fn join(&self, terms: &[TermId]) -> String {
        terms.iter().map(|&term| self.terms.text(term)).collect::<Vec<_>>().join(" ")
    }

    /// Declares words to mean the same.
    pub fn group(&mut self, number: usize, words: &[TermId]) {
        let group = self.term(&format!("#{number}"));
        for &word in words {
            self.terms.groups.entry(word).or_default().push(group);
        }
        self.terms.members.insert(group, words.to_vec());
    }

    /// The document at hand has this term here, `share` of full weight.
    pub fn has(&mut self, term: TermId, field: Field, share: f32) {
        let at = term as usize;
        let bit = 1 << field as u16;
        let impact = weights::field(field) * share;
        if self.fields[at] == 0 {
            self.touched.push(term);
        }
        let best = self.best[at];
        self.best[at] = if self.fields[at] & bit == 0 && best > 0.0 {
            best.max(impact) + weights::AGAIN * best.min(impact)
        } else {
            best.max(impact)
        };
        self.fields[at] |= bit;
    }

    pub fn close(&mut self, doc: u32) {
        for term in self.touched.drain(..) {
            let at = term as usize;
            self.found.push((term, Posting { doc, impact: self.best[at], fields: self.fields[at] }));
            self.best[at] = 0.0;
            self.fields[at] = 0;
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "counts of documents are small")]
    pub fn finish(self, docs: usize) -> Terms {
        let docs = docs.max(1) as f32;
        let body_only = 1 << Field::Body as u16;
        let mut terms = self.terms;
        let count = terms.texts.len();
        let (mut named, mut mentions) = (vec![0_u32; count], vec![0_u32; count]);
        for (term, posting) in &self.found {
            let tally = if posting.fields == body_only { &mut mentions } else { &mut named };
            tally[*term as usize] += 1;
        }
        let mut end = 0;
        for (named, mentions) in named.iter().zip(&mut mentions) {
            let seen = *named as f32 + weights::BODY_RARITY * *mentions as f32;
            terms.rarity.push((1.0 + docs / seen.max(0.5)).ln() / (1.0 + 2.0 * docs).ln());
            if *mentions as f32 > docs * weights::COMMONPLACE {
                *mentions = 0;
            }
            terms.starts.push(end);
            end += named + *mentions;
        }
        let mut next = terms.starts.clone();
        terms.starts.push(end);
        terms.postings = vec![Posting { doc: 0, impact: 0.0, fields: 0 }; end as usize];
        for (term, posting) in self.found {
            let term = term as usize;
            if posting.fields != body_only || mentions[term] > 0 {
                terms.postings[next[term] as usize] = posting;
                next[term] += 1;
            }
        }
        terms
    }
}
