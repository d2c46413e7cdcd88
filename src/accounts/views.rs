//! What the pages about one's own account show.

use askama::Template;
use chrono::NaiveDateTime;

use crate::web::frame::{Dates as _, Frame};

/// `/me/security`: how one signs in, where one is reached, where one is signed in.
#[derive(Debug, Template)]
#[template(path = "accounts/security.html")]
pub struct SecurityView {
    pub frame: Frame,
    pub csrf: String,
    /// Something that was just done.
    pub done: Option<String>,
    /// Something that could not be done, and why.
    pub refused: Option<String>,
    pub has_password: bool,
    pub has_totp: bool,
    pub recovery_left: usize,
    pub passkeys: Vec<PasskeyLine>,
    /// There are national identity providers to link.
    pub national: bool,
    pub contacts: Vec<ContactLine>,
    pub devices: Vec<DeviceLine>,
}

#[derive(Debug, Clone)]
pub struct PasskeyLine {
    pub id: String,
    pub label: String,
    pub added: NaiveDateTime,
}

#[derive(Debug, Clone)]
pub struct ContactLine {
    pub id: String,
    /// Masked.
    pub value: String,
}

#[derive(Debug, Clone)]
pub struct DeviceLine {
    pub id: String,
    pub device: String,
    pub seen: NaiveDateTime,
    /// The one before the person.
    pub here: bool,
}

/// Setting up the app for one-time passwords.
#[derive(Debug, Template)]
#[template(path = "accounts/totp.html")]
pub struct TotpView {
    pub frame: Frame,
    pub csrf: String,
    /// The picture to scan, as a data address.
    pub picture: String,
    /// For those who cannot scan it.
    pub secret: String,
    pub id: String,
    pub field: crate::web::frame::Field,
}

impl TotpView {
    pub fn mistakes(&self) -> Vec<crate::web::frame::Mistake> {
        self.field.mistake().into_iter().collect()
    }
}

/// Recovery codes, shown once.
#[derive(Debug, Template)]
#[template(path = "accounts/codes.html")]
pub struct RecoveryView {
    pub frame: Frame,
    pub codes: Vec<String>,
}

#[cfg(test)]
mod samples {
    use chrono::NaiveDate;

    use super::{ContactLine, DeviceLine, PasskeyLine, RecoveryView, SecurityView, TotpView};
    use crate::web::frame::Frame;

    impl SecurityView {
        pub(crate) fn sample(frame: Frame) -> Self {
            let seen = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap().and_hms_opt(9, 5, 0).unwrap();
            let device = |id: &str, device: &str, here| DeviceLine {
                id: id.to_owned(),
                device: device.to_owned(),
                seen,
                here,
            };
            Self {
                csrf: "token".to_owned(),
                done: Some(frame.t.security_done_contact().to_owned()),
                refused: None,
                has_password: true,
                has_totp: true,
                recovery_left: 9,
                passkeys: vec![PasskeyLine { id: "1".to_owned(), label: "<Pixel>".to_owned(), added: seen }],
                national: true,
                contacts: vec![ContactLine { id: "2".to_owned(), value: "138****0001".to_owned() }],
                devices: vec![device("3", "Firefox · Android", true), device("4", "Edge · Windows", false)],
                frame,
            }
        }

        /// On the first day, and after something that could not be done.
        pub(crate) fn sample_bare(frame: Frame) -> Self {
            Self {
                done: None,
                refused: Some(frame.t.security_last().to_owned()),
                has_totp: false,
                passkeys: Vec::new(),
                ..Self::sample(frame)
            }
        }
    }

    impl TotpView {
        pub(crate) fn sample(frame: Frame) -> Self {
            let t = frame.t;
            Self {
                csrf: "token".to_owned(),
                picture: "data:image/svg+xml;base64,".to_owned(),
                secret: "GEZDGNBVGY3TQOJQ".to_owned(),
                id: "1".to_owned(),
                field: crate::accounts::fields::code_field(t).error(t.second_wrong()),
                frame,
            }
        }
    }

    impl RecoveryView {
        pub(crate) fn sample(frame: Frame) -> Self {
            Self { frame, codes: vec!["7k2m9 qx4rt".to_owned(), "abcde 23456".to_owned()] }
        }
    }
}
