//! The order of the documents for a question.

use std::cmp::Ordering;

use super::{Field, Found, Hit, Index, Known, Page, correction::corrected, question::Question, weights};

/// Documents × places, with the best credit of each.
struct Grid {
    places: usize,
    credit: Vec<f32>,
    /// Where each document was found, by more than a single character and by anything at all.
    fields: Vec<u16>,
    hints: Vec<u16>,
    /// The best credit any document has at a place.
    best: Vec<f32>,
}

pub fn rank(index: &Index, question: &Question, accept: impl Fn(usize) -> bool, page: Page) -> Found {
    let grid = Grid::fill(index, question);
    let mut scored = grid.scores(question);
    lift_exact(index, question, &mut scored);
    let order = |a: &(usize, f32), b: &(usize, f32)| compare(index, a, b);
    if scored.len() > weights::RERANKED {
        scored.select_nth_unstable_by(weights::RERANKED - 1, order);
    }
    let likeness = Likeness::new(question);
    for (doc, score) in scored.iter_mut().take(weights::RERANKED) {
        let known = &index.docs[*doc];
        *score *= 1.0 + weights::LIKENESS * likeness.to(known) + weights::POPULARITY * known.popularity;
    }
    let top = scored.iter().map(|&(_, score)| score).fold(0.0, f32::max);
    scored.retain(|&(_, score)| score >= top.min(weights::BEST_AT_MOST) * weights::MATCH_SHARE);
    scored.sort_unstable_by(order);

    let corrected = scored.first().and_then(|&(doc, _)| corrected(index, question, doc));
    let unsure = scored.first().is_some_and(|&(doc, score)| score < weights::IS_SYNONYM && grid.faint(doc));
    let mut found = Found { unsure, corrected, ..Found::default() };
    for &(doc, score) in scored.iter().filter(|&&(doc, _)| accept(doc)) {
        if found.total >= page.offset && found.hits.len() < page.limit {
            let fields =
                Field::ALL.into_iter().filter(|&field| grid.fields[doc] & (1 << field as u16) != 0).collect();
            found.hits.push(Hit { doc, score, fields });
        }
        found.total += 1;
    }
    found.matches = scored;
    found
}

/// Score, then use, then code: never the accident of a hash.
fn compare(index: &Index, a: &(usize, f32), b: &(usize, f32)) -> Ordering {
    let (left, right) = (&index.docs[a.0], &index.docs[b.0]);
    b.1.total_cmp(&a.1)
        .then_with(|| right.popularity.total_cmp(&left.popularity))
        .then_with(|| left.code.cmp(&right.code))
        .then_with(|| a.0.cmp(&b.0))
}

impl Grid {
    fn fill(index: &Index, question: &Question) -> Self {
        let places = question.places.len();
        let docs = index.docs.len();
        let mut grid = Self {
            places,
            credit: vec![0.0; places * docs],
            fields: vec![0; docs],
            hints: vec![0; docs],
            best: vec![0.0; places],
        };
        let mut unit_best = vec![0.0_f32; docs];
        let mut touched: Vec<u32> = Vec::new();
        for unit in &question.units {
            let mut give = |doc: u32, credit: f32| {
                let best = &mut unit_best[doc as usize];
                if *best == 0.0 {
                    touched.push(doc);
                }
                *best = best.max(credit);
            };
            let found = if unit.end - unit.start > 1 { &mut grid.fields } else { &mut grid.hints };
            for variant in &unit.variants {
                for posting in index.terms.postings(variant.term) {
                    give(posting.doc, variant.weight * posting.impact);
                    found[posting.doc as usize] |= posting.fields;
                }
            }
            for &(doc, credit) in &unit.docs {
                give(doc, credit);
                found[doc as usize] |= 1 << Field::Name as u16;
            }
            for doc in touched.drain(..) {
                let doc = doc as usize;
                let credit = std::mem::take(&mut unit_best[doc]);
                for place in unit.start..unit.end {
                    let held = &mut grid.credit[doc * places + place];
                    *held = held.max(credit) + weights::ANOTHER * held.min(credit);
                    grid.best[place] = grid.best[place].max(*held);
                }
            }
        }
        grid
    }

    /// Nothing but single characters or the small print speaks for this document.
    fn faint(&self, doc: usize) -> bool {
        self.fields[doc] & !(1 << Field::Body as u16) == 0
    }

    fn row(&self, doc: usize) -> &[f32] {
        &self.credit[doc * self.places..(doc + 1) * self.places]
    }

    /// The documents with any credit. One that explains the whole question comes before one that explains a
    /// part of it well; what no document can explain is not held against any.
    fn scores(&self, question: &Question) -> Vec<(usize, f32)> {
        let possible: f32 = self.best.iter().zip(&question.places).map(|(best, worth)| best * worth).sum();
        let mut scored = Vec::new();
        for doc in (0..self.fields.len()).filter(|&doc| self.fields[doc] | self.hints[doc] != 0) {
            let (mut sum, mut explained) = (0.0, 0.0);
            for ((&credit, &best), &worth) in self.row(doc).iter().zip(&self.best).zip(&question.places) {
                if credit > 0.0 {
                    sum += worth * credit;
                    explained += worth * (best * credit).sqrt();
                }
            }
            if sum > 0.0 {
                let whole = explained / possible.max(f32::MIN_POSITIVE);
                scored.push((doc, sum * (1.0 - weights::WHOLE_QUESTION + weights::WHOLE_QUESTION * whole)));
            }
        }
        scored
    }
}

/// Names, synonyms and codes that are exactly what was asked.
fn lift_exact(index: &Index, question: &Question, scored: &mut Vec<(usize, f32)>) {
    let mut lifts: Vec<(usize, f32)> = Vec::new();
    for (asked, share) in [(&question.compact, 1.0), (&question.core, weights::IS_CORE)] {
        for &(doc, field) in index.exact.get(asked.as_str()).map_or(&[][..], Vec::as_slice) {
            let lift = share
                * match field {
                    Field::Code => weights::IS_CODE,
                    Field::Name => weights::IS_NAME,
                    _ => weights::IS_SYNONYM,
                };
            match lifts.iter_mut().find(|(known, _)| *known == doc as usize) {
                Some((_, held)) => *held = held.max(lift),
                None => lifts.push((doc as usize, lift)),
            }
        }
    }
    for (doc, lift) in lifts {
        match scored.iter_mut().find(|(known, _)| *known == doc) {
            Some((_, score)) => *score += lift,
            None => scored.push((doc, lift)),
        }
    }
}

/// How alike the letters of the question and of a name are, pair by pair.
struct Likeness {
    pairs: Vec<(char, char)>,
    han: bool,
}

impl Likeness {
    fn new(question: &Question) -> Self {
        let chars: Vec<char> = question.core.chars().collect();
        Self {
            pairs: chars.windows(2).map(|pair| (pair[0], pair[1])).collect(),
            han: chars.iter().any(|&c| super::fold::is_han(c)),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "names are short")]
    fn to(&self, known: &Known) -> f32 {
        let mut best = 0.0_f32;
        for key in known.keys.iter().filter(|key| key.han == self.han) {
            let shared = key.chars.windows(2).filter(|pair| self.pairs.contains(&(pair[0], pair[1]))).count();
            let both = self.pairs.len() + key.chars.len().saturating_sub(1);
            best = best.max(2.0 * shared as f32 / both.max(1) as f32);
        }
        best.min(1.0)
    }
}
