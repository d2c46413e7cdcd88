//! "Did you mean": the query with its slips put right.

use super::{
    Index,
    fold::is_han,
    question::{Question, Unit},
    terms::TermId,
};

/// A stretch of the query, what it should say, and how much speaks for it.
struct Fix {
    start: usize,
    end: usize,
    term: TermId,
    weight: f32,
    slip: bool,
}

/// The query as it was probably meant, if the best document was found by taking it for mistyped. Pinyin beside
/// a slip is written out too, so that nobody is offered half a sentence in each script.
pub fn corrected(index: &Index, question: &Question, doc: usize) -> Option<String> {
    let mut fixes: Vec<Fix> =
        question.units.iter().filter_map(|unit| fix(index, question, unit, doc)).collect();
    fixes.sort_unstable_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.start.cmp(&b.start)));
    let mut kept: Vec<Fix> = Vec::new();
    for fix in fixes {
        if kept.iter().all(|other| fix.end <= other.start || other.end <= fix.start) {
            kept.push(fix);
        }
    }
    if !kept.iter().any(|fix| fix.slip) {
        return None;
    }
    kept.sort_unstable_by_key(|fix| fix.start);

    let chars = &question.folded.chars;
    let mut text: Vec<char> = Vec::new();
    let mut at = 0;
    for Fix { start, end, term, .. } in kept {
        let typed: String = chars[start..end].iter().collect();
        text.extend(&chars[at..start]);
        text.extend(index.spellings.written(&typed, term).unwrap_or(index.terms.text(term)).chars());
        at = end;
    }
    text.extend(&chars[at..]);
    Some(tidy(&text))
}

fn fix(index: &Index, question: &Question, unit: &Unit, doc: usize) -> Option<Fix> {
    let has = |term: TermId| {
        index.terms.postings(term).binary_search_by_key(&doc, |posting| posting.doc as usize).is_ok()
    };
    let latin = !is_han(*question.folded.chars.get(unit.start)?);
    if unit.slip {
        // What was typed is right as it stands, or as part of something longer.
        let right = |other: &&Unit| !other.slip && other.start <= unit.start && unit.end <= other.end;
        if question
            .units
            .iter()
            .filter(right)
            .any(|other| other.variants.iter().any(|variant| has(variant.term)))
        {
            return None;
        }
    }
    let fits = |term: TermId| {
        let text = index.terms.text(term);
        let spelt_out = latin && text.starts_with(is_han) && text.chars().nth(1).is_some();
        has(term) && !text.contains(['#', ' ']) && (unit.slip || spelt_out)
    };
    let best = unit.variants.iter().filter(|variant| fits(variant.term));
    let best = best.max_by(|a, b| a.weight.total_cmp(&b.weight).then_with(|| b.term.cmp(&a.term)))?;
    #[expect(clippy::cast_precision_loss, reason = "a query has at most 64 places")]
    let weight = best.weight * (unit.end - unit.start) as f32;
    Some(Fix { start: unit.start, end: unit.end, term: best.term, weight, slip: unit.slip })
}

/// One space between Latin words, none beside Chinese.
fn tidy(text: &[char]) -> String {
    let mut out = String::new();
    for (i, &c) in text.iter().enumerate() {
        let next = text[i..].iter().find(|&&c| c != ' ');
        let before = out.chars().last();
        if c != ' ' {
            out.push(c);
        } else if let (Some(before), Some(&next)) = (before, next)
            && before != ' '
            && !is_han(before)
            && !is_han(next)
        {
            out.push(' ');
        }
    }
    out
}
