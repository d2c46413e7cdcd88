//! The form of `/me/verify`, and what it says after asking the register.

use actix_web::http::StatusCode;

use crate::{
    accounts::{IdentityNumber, PersonName, Wrong},
    platform::Texts,
    sso::signing::step,
    web::{
        Failure, Site, Submitted, Visitor, aside,
        frame::{Field, Input, Link, StepView, Text},
    },
};

/// What came of asking, as long as it is not a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// Name and number do not belong together. Whether there is such a number is nobody's business.
    Mismatch,
    /// No more today.
    TooOften,
    Unavailable,
    Undecided,
    Deceased,
    /// Another account proved before that it is this person.
    Taken,
    /// The wish to be told is put down.
    Wished,
}

impl Said {
    pub(super) const fn status(self) -> StatusCode {
        match self {
            Self::Mismatch | Self::Taken | Self::Deceased => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooOften => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Undecided | Self::Wished => StatusCode::OK,
        }
    }
}

/// The form, with what was typed.
pub(super) fn view(
    visitor: &Visitor,
    site: &Site,
    next: &str,
    (name, number): (&str, &str),
) -> Result<StepView, Failure> {
    let t = visitor.texts();
    let mut view = step(visitor, site, "/me/verify", t.verify_title())?;
    view.lead = vec![t.verify_lead().to_owned(), t.verify_what_happens().to_owned()];
    view.notice = aside::waits_at(next).then(|| ("info", t.session_kept().to_owned()));
    let mut own_name = Field::new("name", t.verify_name()).hint(t.verify_name_hint()).value(name);
    own_name.autocomplete = Some("name");
    own_name.required = true;
    let mut own_number = Field::new("number", t.verify_number()).hint(t.verify_number_hint()).value(number);
    // Other people's numbers are nothing for a browser to remember.
    own_number.autocomplete = Some("off");
    own_number.required = true;
    view.inputs = vec![Input::new("text", own_name), Input::new("text", own_number)];
    view.hidden = vec![("next", next.to_owned())];
    t.verify_submit().clone_into(&mut view.submit);
    view.links = vec![
        Link::new(Text::plain(t.verify_look_later()), "/me/looks"),
        Link::new(Text::plain(t.verify_back()), next),
    ];
    Ok(view)
}

/// What was typed, or the form that says what is wrong with it.
pub(super) fn read(
    visitor: &Visitor,
    site: &Site,
    form: &Submitted,
    next: &str,
) -> Result<Result<(PersonName, IdentityNumber), StepView>, Failure> {
    let t = visitor.texts();
    let errors = match (PersonName::parse(form.get("name")), IdentityNumber::parse(form.get("number"))) {
        (Ok(name), Ok(number)) => return Ok(Ok((name, number))),
        (name, number) => {
            [name.err().map(|wrong| wrong_name(t, wrong)), number.err().map(|wrong| wrong_number(t, wrong))]
        }
    };
    let mut view = view(visitor, site, next, (form.get("name"), form.get("number")))?;
    for (input, error) in view.inputs.iter_mut().zip(errors) {
        input.field.error = error.map(str::to_owned);
    }
    Ok(Err(view))
}

fn wrong_name(t: Texts, wrong: Wrong) -> &'static str {
    match wrong {
        Wrong::Empty => t.verify_name_empty(),
        Wrong::TooLong => t.verify_name_long(),
        Wrong::Form | Wrong::Check | Wrong::Birthday => t.verify_name_form(),
    }
}

fn wrong_number(t: Texts, wrong: Wrong) -> &'static str {
    match wrong {
        Wrong::Empty => t.verify_number_empty(),
        Wrong::Form | Wrong::TooLong => t.verify_number_form(),
        Wrong::Birthday => t.verify_number_birthday(),
        Wrong::Check => t.verify_number_check(),
    }
}

/// The form with what came of asking. What was typed is still there. To tell somebody later is offered only where
/// there is a way to.
pub(super) fn answered(mut view: StepView, said: Said, reachable: bool) -> StepView {
    let t = view.frame.t;
    let help = t.verify_help(&view.frame.city.hotline);
    match said {
        Said::Mismatch => view.general = Some(t.verify_mismatch().to_owned()),
        Said::TooOften => view.general = Some(t.verify_too_often().to_owned()),
        Said::Taken => view.general = Some(t.verify_taken().to_owned()),
        Said::Deceased => view.general = Some(t.verify_deceased().to_owned()),
        Said::Undecided => view.notice = Some(("warn", t.verify_undecided().to_owned())),
        Said::Unavailable => {
            view.notice = Some(("warn", t.verify_unavailable().to_owned()));
            view.second_button = reachable.then(|| ("wish", "yes", t.verify_tell_me().to_owned()));
        }
        Said::Wished => view.notice = Some(("ok", t.verify_wished().to_owned())),
    }
    view.lead = vec![help];
    if said == Said::Taken {
        view.links.insert(0, Link::new(Text::plain(t.verify_recover()), "/recover"));
    }
    view
}
