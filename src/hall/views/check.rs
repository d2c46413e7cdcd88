//! The page on which anybody checks a code.

use askama::Template;

use crate::web::frame::{Field, Frame};

#[derive(Debug, Template)]
#[template(path = "hall/check.html")]
pub struct CheckView {
    pub frame: Frame,
    pub csrf: String,
    /// As it was typed.
    pub code: String,
    /// Nobody gave it out.
    pub unknown: bool,
    /// What became of a file, where one was sent.
    pub file: Option<CheckedFile>,
    pub checked: Option<CheckedView>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckedFile {
    /// Given out here, and as it was.
    Right,
    /// Not given out here, or changed.
    Wrong,
    /// None was chosen.
    Missing,
}

#[derive(Debug)]
pub struct CheckedView {
    pub kind: String,
    pub valid: bool,
    pub facts: Vec<CheckedFact>,
}

#[derive(Debug)]
pub struct CheckedFact {
    pub label: String,
    pub value: String,
}

impl CheckView {
    fn is_right(&self) -> bool {
        self.file == Some(CheckedFile::Right)
    }

    fn is_wrong(&self) -> bool {
        self.file == Some(CheckedFile::Wrong)
    }

    fn is_missing(&self) -> bool {
        self.file == Some(CheckedFile::Missing)
    }

    fn field(&self) -> Field {
        let t = self.frame.t;
        let field = Field::new("code", t.check_code()).hint(t.check_code_hint()).value(self.code.clone());
        Field { autocomplete: Some("off"), ..field }
    }
}

#[cfg(test)]
impl CheckView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let fact =
            |label: &str, value: &str| CheckedFact { label: label.to_owned(), value: value.to_owned() };
        let checked = CheckedView {
            kind: "receipt".to_owned(),
            valid: true,
            facts: vec![fact("service", "燃气费缴纳"), fact("amount", "129.40 元"), fact("due", "****3317")],
        };
        Self {
            csrf: "token".to_owned(),
            code: "7KQ3-MFXD-7KQ3-MFXE".to_owned(),
            unknown: false,
            file: None,
            checked: Some(checked),
            frame,
        }
    }

    pub(crate) fn file(frame: Frame) -> Self {
        Self { file: Some(CheckedFile::Right), code: String::new(), ..Self::decision(frame) }
    }

    pub(crate) fn file_wrong(frame: Frame) -> Self {
        Self { file: Some(CheckedFile::Wrong), checked: None, code: String::new(), ..Self::sample(frame) }
    }

    pub(crate) fn file_missing(frame: Frame) -> Self {
        Self { file: Some(CheckedFile::Missing), ..Self::file_wrong(frame) }
    }

    pub(crate) fn decision(frame: Frame) -> Self {
        let fact =
            |label: &str, value: &str| CheckedFact { label: label.to_owned(), value: value.to_owned() };
        let checked = CheckedView {
            kind: "decision".to_owned(),
            valid: true,
            facts: vec![
                fact("service", "政府信息公开申请"),
                fact("decided-on", "2026年11月20日"),
                fact("outcome", "准予"),
            ],
        };
        Self { checked: Some(checked), ..Self::sample(frame) }
    }

    pub(crate) fn void(frame: Frame) -> Self {
        let checked = CheckedView { kind: "receipt".to_owned(), valid: false, facts: Vec::new() };
        Self { checked: Some(checked), ..Self::sample(frame) }
    }

    pub(crate) fn unknown(frame: Frame) -> Self {
        Self { unknown: true, checked: None, ..Self::sample(frame) }
    }
}
