//! The pages a visitor meets when something did not work. Each says what happened in plain words and what
//! can be done now; none shows a cause.

use askama::Template;

use super::Frame;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    NotFound,
    /// The request could not be understood.
    BadRequest,
    Refused {
        /// Why, where it helps the visitor.
        reason: Option<String>,
    },
    TooMany {
        /// Seconds until trying again makes sense.
        retry_after: u64,
    },
    /// Overloaded or being maintained.
    Busy {
        /// What the visitor tells the hotline, where it was this very page that took too long.
        support: Option<String>,
    },
    Broken {
        /// What the visitor tells the hotline.
        support: String,
    },
}

#[derive(Debug, Template)]
#[template(path = "web/failure.html")]
pub struct FailureView {
    pub frame: Frame,
    pub trouble: Trouble,
}

impl FailureView {
    pub fn new(frame: Frame, trouble: Trouble) -> Self {
        Self { frame, trouble }
    }

    pub fn title(&self) -> &'static str {
        let t = self.frame.t;
        match self.trouble {
            Trouble::NotFound => t.failure_not_found_title(),
            Trouble::BadRequest => t.failure_bad_request_title(),
            Trouble::Refused { .. } => t.failure_refused_title(),
            Trouble::TooMany { .. } => t.failure_too_many_title(),
            Trouble::Busy { .. } => t.failure_busy_title(),
            Trouble::Broken { .. } => t.failure_broken_title(),
        }
    }

    pub fn explanation(&self) -> String {
        let t = self.frame.t;
        match &self.trouble {
            Trouble::NotFound => t.failure_not_found_text().to_owned(),
            Trouble::BadRequest => t.failure_bad_request_text().to_owned(),
            Trouble::Refused { reason } => {
                reason.clone().unwrap_or_else(|| t.failure_refused_text().to_owned())
            }
            Trouble::TooMany { retry_after } if *retry_after < 60 => {
                t.failure_too_many_seconds((*retry_after).max(1))
            }
            Trouble::TooMany { retry_after } => t.failure_too_many_minutes(retry_after.div_ceil(60)),
            Trouble::Busy { .. } => t.failure_busy_text().to_owned(),
            Trouble::Broken { .. } => t.failure_broken_text().to_owned(),
        }
    }

    pub fn support(&self) -> Option<&str> {
        match &self.trouble {
            Trouble::Broken { support } => Some(support),
            Trouble::Busy { support } => support.as_deref(),
            _ => None,
        }
    }
}

#[cfg(test)]
impl FailureView {
    /// One of each.
    pub fn samples(frame: &Frame) -> Vec<Self> {
        [
            Trouble::NotFound,
            Trouble::BadRequest,
            Trouble::Refused { reason: None },
            Trouble::TooMany { retry_after: 90 },
            Trouble::Busy { support: None },
            Trouble::Broken { support: "YM-7Q4K-2D9X".to_owned() },
        ]
        .into_iter()
        .map(|trouble| Self::new(frame.clone(), trouble))
        .collect()
    }
}
