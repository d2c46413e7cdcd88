//! Fields that pages of signing in and of one's own account share.

use super::{
    AccountError,
    password::{self, Weak},
};
use crate::{
    platform::Texts,
    web::{Site, frame::Field},
};

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
pub(crate) async fn judged(
    site: &Site,
    t: Texts,
    word: &str,
    again: &str,
    own: &[&str],
) -> Result<[Option<String>; 2], AccountError> {
    let weak = password::judge(site.leaked.as_ref(), word, own).await?.err().map(|weak| match weak {
        Weak::Short => t.password_short(password::SHORTEST),
        Weak::Long => t.password_long(password::LONGEST),
        Weak::Known => t.password_known().to_owned(),
        Weak::Personal => t.password_personal().to_owned(),
        Weak::Leaked => t.password_leaked().to_owned(),
    });
    let differs = (weak.is_none() && word != again).then(|| t.password_differs().to_owned());
    Ok([weak, differs])
}

/// The box for six digits, which telephones fill in by themselves.
pub(crate) fn code_field(t: Texts) -> Field {
    let mut field = Field::new("code", t.code_label()).hint(t.code_hint());
    field.autocomplete = Some("one-time-code");
    field.required = true;
    field
}
