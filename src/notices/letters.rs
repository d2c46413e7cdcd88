//! Letters in the reader's language, as text and as HTML, and what fits into a text message.

use askama::Template;
use yimen_contract::Bilingual;

use super::{matter::Matter, news::Shown};
use crate::{
    accounts::{Message, Tell, What},
    platform::{Moment, Texts, clock::CITY_ZONE, named},
    web::frame::{CityLine, Dates as _},
};

/// A mail without its envelope.
#[derive(Debug, Default)]
pub(super) struct Letter {
    pub(super) subject: String,
    pub(super) text: String,
    pub(super) html: String,
    /// Where its reader says that they want no more of these.
    pub(super) stop: Option<String>,
    /// An entry for the reader's own calendar.
    pub(super) calendar: Option<String>,
}

/// What the letter with a code says.
struct Code {
    t: Texts,
    city: String,
    hotline: String,
    purpose: String,
    digits: String,
    /// Until when it is good: the same words at every attempt, so that a receiver can tell a repeat.
    until: String,
}

#[derive(Template)]
#[template(path = "mail/code/subject.txt")]
struct CodeSubject<'a> {
    it: &'a Code,
}

#[derive(Template)]
#[template(path = "mail/code/body.txt", whitespace = "preserve")]
struct CodeText<'a> {
    it: &'a Code,
}

#[derive(Template)]
#[template(path = "mail/code/body.html")]
struct CodeHtml<'a> {
    it: &'a Code,
}

/// The letter that brings a code.
pub(super) fn code(t: Texts, line: &CityLine, message: &Message, ends_at: Moment) -> askama::Result<Letter> {
    let it = &Code {
        t,
        city: t.say(&line.name).text.to_owned(),
        hotline: line.hotline.clone(),
        purpose: purpose(t, message).to_owned(),
        digits: message.code.clone(),
        until: until(ends_at),
    };
    Ok(Letter {
        subject: CodeSubject { it }.render()?.trim().to_owned(),
        text: CodeText { it }.render()?,
        html: CodeHtml { it }.render()?,
        ..Letter::default()
    })
}

/// The text message that brings a code.
pub(super) fn code_text(t: Texts, message: &Message, ends_at: Moment) -> String {
    let purpose = named::Purpose(purpose(t, message));
    t.sms_code(named::Code(message.code.as_str()), purpose, named::Until(until(ends_at)))
}

/// The time of day in the city.
fn until(at: Moment) -> String {
    at.with_timezone(&CITY_ZONE).format("%H:%M").to_string()
}

/// What a code is for, as the message says it.
fn purpose(t: Texts, message: &Message) -> &'static str {
    match message.purpose.as_str() {
        "register" => t.code_for_register(),
        "sign-in" => t.code_for_sign_in(),
        "recover" => t.code_for_recover(),
        "contact" => t.code_for_contact(),
        _ => t.code_for_other(),
    }
}

/// What the letter with news says.
struct News {
    t: Texts,
    city: String,
    hotline: String,
    happened: &'static str,
    when: String,
    device: String,
    /// What to do about it, and where.
    next: &'static str,
    address: String,
}

#[derive(Template)]
#[template(path = "mail/news/subject.txt")]
struct NewsSubject<'a> {
    it: &'a News,
}

#[derive(Template)]
#[template(path = "mail/news/body.txt", whitespace = "preserve")]
struct NewsText<'a> {
    it: &'a News,
}

#[derive(Template)]
#[template(path = "mail/news/body.html")]
struct NewsHtml<'a> {
    it: &'a News,
}

/// The letter that tells what happened to an account.
pub(super) fn news(t: Texts, line: &CityLine, tell: &Tell) -> askama::Result<Letter> {
    let answer = tell.what.answer_at();
    let it = &News {
        t,
        city: t.say(&line.name).text.to_owned(),
        hotline: line.hotline.clone(),
        happened: happened(t, tell.what),
        when: t.moment(&tell.at.with_timezone(&CITY_ZONE).naive_local()),
        device: tell.device.clone(),
        next: if answer.is_some() { t.mail_news_answer() } else { t.mail_news_not_you() },
        address: format!("{}{}", line.origin, answer.unwrap_or("/me/security")),
    };
    Ok(Letter {
        subject: NewsSubject { it }.render()?.trim().to_owned(),
        text: NewsText { it }.render()?,
        html: NewsHtml { it }.render()?,
        ..Letter::default()
    })
}

/// The same as a text message.
pub(super) fn news_text(t: Texts, line: &CityLine, tell: &Tell) -> String {
    let news = named::News(happened(t, tell.what));
    match tell.what.answer_at() {
        Some(path) => t.sms_news_answer(named::Address(format!("{}{path}", line.origin)), news),
        None => t.sms_news(news, named::Phone(line.hotline.as_str())),
    }
}

/// What the letter about an agency that is back says.
pub(super) fn returned(t: Texts, agency: &Bilingual, path: &str) -> Matter {
    let name = t.say(agency).text;
    Matter::new(t.mail_returned_subject(name), t.mail_returned_lead(name), path.to_owned())
}

/// The same as a text message.
pub(super) fn returned_text(t: Texts, line: &CityLine, agency: &Bilingual, path: &str) -> String {
    t.sms_returned(named::Address(format!("{}{path}", line.origin)), named::Agency(t.say(agency).text))
}

/// In the inbox.
pub(super) fn shown(t: Texts, tell: &Tell) -> Shown {
    let when = t.moment(&tell.at.with_timezone(&CITY_ZONE).naive_local());
    let text = match tell.device.as_str() {
        "" => t.notice_account_when(when),
        device => t.notice_account_device(named::Device(device), named::When(when)),
    };
    Shown {
        title: happened(t, tell.what).to_owned(),
        text,
        path: tell.what.answer_at().unwrap_or("/me/security").to_owned(),
        by_law: false,
    }
}

fn happened(t: Texts, what: What) -> &'static str {
    match what {
        What::NewDevice => t.news_new_device(),
        What::PasswordChanged => t.news_password_changed(),
        What::SecondFactorChanged => t.news_second_factor_changed(),
        What::PasskeyAdded => t.news_passkey_added(),
        What::ContactChanged => t.news_contact_changed(),
        What::NationalLinked => t.news_national_linked(),
        What::IdentityTried => t.news_identity_tried(),
        What::RegisterTried => t.news_register_tried(),
        What::ContactRemoved => t.news_contact_removed(),
        What::NoLongerYours => t.news_no_longer_yours(),
        What::IdentityCorrected => t.news_identity_corrected(),
        What::AccountsMerged => t.news_accounts_merged(),
        What::OutletAdded => t.news_outlet_added(),
        What::QuestionAnswered => t.news_question_answered(),
        What::CorrectionAnswered => t.news_correction_answered(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        platform::Lang,
        web::{Frame, frame::Look},
    };

    #[test]
    fn letters_read_as_they_did() {
        let mut said = Vec::new();
        for lang in Lang::ALL {
            let t = Texts::new(lang);
            let city = Frame::sample(t, Look::default(), "/").city;
            let message = Message {
                to: "lin@example.org".to_owned(),
                code: "012345".to_owned(),
                lang: lang.tag().to_owned(),
                purpose: "sign-in".to_owned(),
            };
            let tell =
                Tell::new(uuid::Uuid::nil().into(), What::NewDevice, Moment::UNIX_EPOCH).on("A <b> · C");
            let answered = Tell::new(uuid::Uuid::nil().into(), What::QuestionAnswered, Moment::UNIX_EPOCH);
            let agency = Bilingual::new("云州市公安局<b>", "Yunzhou Police <b>");
            let letters = [
                code(t, &city, &message, Moment::UNIX_EPOCH).unwrap(),
                news(t, &city, &tell).unwrap(),
                news(t, &city, &answered).unwrap(),
                returned(t, &agency, "/me/verify")
                    .letter((t, Moment::UNIX_EPOCH), &city, Some(("agencies", "/notices/stop/x")))
                    .unwrap(),
            ];
            for letter in letters {
                assert!(!letter.subject.contains('\n'), "{}", letter.subject);
                assert!(!letter.html.contains("<b>"), "what others wrote is escaped");
                said.push(format!("{}\n\n{}\n{}", letter.subject, letter.text, letter.html));
            }
            let texts = [
                code_text(t, &message, Moment::UNIX_EPOCH),
                news_text(t, &city, &tell),
                news_text(t, &city, &answered),
                returned_text(t, &city, &agency, "/me/verify"),
            ];
            for short in texts {
                said.push(short);
            }
        }
        insta::assert_snapshot!(said.join("\n----\n"));
    }
}
