//! Rules for the papers that a service may ask for.

use std::collections::BTreeMap;

use crate::rules::Report;
use crate::rules::report::short;
use crate::rules::words::Length;
use crate::service::{Necessity, Paper, PaperForm};

/// Words with which anything could be demanded. Rules on online services forbid them in a guide: people
/// must be able to know beforehand what is asked of them.
const CATCH_ALL: [&str; 16] = [
    "其他材料",
    "其它材料",
    "相关材料",
    "有关材料",
    "其他资料",
    "其它资料",
    "相关资料",
    "有关资料",
    "other documents",
    "other materials",
    "other papers",
    "related documents",
    "related materials",
    "relevant documents",
    "relevant materials",
    "any other",
];

pub(crate) fn papers(papers: &[Paper], report: &mut Report) {
    let mut names = BTreeMap::new();
    for (index, paper) in papers.iter().enumerate() {
        let field = format!("papers[{index}]");
        report.text(format!("{field}.name"), &paper.name, Length::Name);
        report.optional_text(format!("{field}.when"), paper.when.as_ref(), Length::Text);
        report.optional_text(format!("{field}.note"), paper.note.as_ref(), Length::Text);
        catch_all(paper, &field, report);
        if paper.necessity == Necessity::Conditional && paper.when.is_none() {
            report.error(
                format!("{field}.when"),
                "Nobody can tell when this paper is needed.",
                "Say in which case, or mark it as required.",
            );
        }
        if paper.original && paper.form == PaperForm::Electronic {
            report.error(
                format!("{field}.original"),
                "An electronic document has no original to show.",
                "Write form = \"paper\" or \"either\", or original = false.",
            );
        }
        let name = paper.name.zh.trim();
        if !name.is_empty() && names.insert(name, index).is_some() {
            report.error(
                format!("{field}.name"),
                format!("`{}` is asked for twice.", short(name)),
                "Ask for each paper once.",
            );
        }
    }
}

fn catch_all(paper: &Paper, field: &str, report: &mut Report) {
    for (language, name) in [("zh", &paper.name.zh), ("en", &paper.name.en)] {
        let lower = name.to_lowercase();
        if let Some(words) = CATCH_ALL.iter().find(|words| lower.contains(**words)) {
            report.error(
                format!("{field}.name.{language}"),
                format!("`{words}` could mean anything."),
                "Name each paper that is needed.",
            );
        }
    }
}
