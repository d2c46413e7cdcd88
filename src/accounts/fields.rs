//! Fields that pages of signing in and of one's own account share.

use super::password::{self, Weak};
use crate::{platform::Texts, web::frame::Field};

/// A new password, twice: what is typed cannot be seen.
pub(crate) fn password_fields(t: Texts) -> [Field; 2] {
    [
        Field::new("password", t.password_new()).hint(t.password_rules()),
        Field::new("again", t.password_again()),
    ]
    .map(|mut field| {
        field.autocomplete = Some("new-password");
        field.required = true;
        field
    })
}

/// What is wrong with a new password, for its two fields.
pub(crate) fn judged(t: Texts, word: &str, again: &str, own: &[&str]) -> [Option<String>; 2] {
    let weak = password::judge(word, own).err().map(|weak| match weak {
        Weak::Short => t.password_short(password::SHORTEST),
        Weak::Long => t.password_long(password::LONGEST),
        Weak::Known => t.password_known().to_owned(),
        Weak::Personal => t.password_personal().to_owned(),
    });
    let differs = (weak.is_none() && word != again).then(|| t.password_differs().to_owned());
    [weak, differs]
}

/// The box for six digits, which telephones fill in by themselves.
pub(crate) fn code_field(t: Texts) -> Field {
    let mut field = Field::new("code", t.code_label()).hint(t.code_hint());
    field.autocomplete = Some("one-time-code");
    field.required = true;
    field
}
