//! Asking for another number, at `/admin/policy/{rule}/change`, and what another administrator says to it.

use std::sync::Arc;

use actix_web::{
    Either, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use chrono::NaiveDate;

use super::{
    one::{self, rule_of},
    url_of,
};
use crate::{
    accounts::staff::pages::{shown, step},
    catalogue::Shelf,
    db::Conn,
    hall::admin::administrator,
    platform::{Texts, clock::city_day, named},
    policy::{Book, ChangeId, PolicyError, Proposal, Rule, Unit, Wrong, acts, queries},
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Choice, Field, Input, StepView},
        see_other,
    },
};

type Two = (Data<Site>, Data<Shelf>);
type Answer = Result<Either<HttpResponse, Page>, Failure>;

/// The name of a rule's only number in the form.
const NUMBER: &str = "number";

/// The names of a rule's numbers in the form.
fn names(rule: Rule) -> Vec<&'static str> {
    if rule.parts().is_empty() { vec![NUMBER] } else { rule.parts().to_vec() }
}

/// What stands in the form.
struct Typed {
    numbers: Vec<String>,
    from: String,
    reason: String,
}

impl Typed {
    /// An empty form begins with what is in force, and with the day after today.
    fn first(numbers: &[u32], today: NaiveDate) -> Self {
        Self {
            numbers: numbers.iter().map(u32::to_string).collect(),
            from: today.succ_opt().unwrap_or(today).to_string(),
            reason: String::new(),
        }
    }

    fn sent(rule: Rule, sent: &Submitted) -> Self {
        Self {
            numbers: names(rule).into_iter().map(|name| sent.get(name).to_owned()).collect(),
            from: sent.get("from").to_owned(),
            reason: sent.get("reason").to_owned(),
        }
    }

    fn inputs(&self, t: Texts, rule: Rule) -> Vec<Input> {
        let needed = |field: Field| Field { required: true, ..field };
        let mut inputs: Vec<Input> = names(rule)
            .into_iter()
            .zip(&self.numbers)
            .map(|(name, typed)| number(t, rule, name, typed))
            .collect();
        let from = Field::new("from", t.rule_from()).hint(t.rule_from_hint()).value(self.from.as_str());
        let reason = Field::new("reason", t.rule_reason()).hint(t.rule_reason_hint());
        inputs.push(Input::new("date", needed(from)));
        inputs.push(Input::new("long", needed(reason.value(self.reason.as_str()))));
        inputs
    }

    /// What was asked for, or what is wrong with it, field by field.
    fn read(&self, t: Texts, rule: Rule, today: NaiveDate) -> Result<Proposal, Vec<(&'static str, String)>> {
        let mut mistakes = Vec::new();
        let mut numbers = Vec::new();
        for (name, typed) in names(rule).into_iter().zip(&self.numbers) {
            match narrow(typed).parse::<u32>() {
                Ok(number) => numbers.push(number),
                Err(_) => mistakes.push((name, out_of_bounds(t, rule))),
            }
        }
        if mistakes.is_empty()
            && let Err(wrong) = rule.check(&numbers)
        {
            mistakes.push(beside(t, rule, wrong));
        }
        let from = self.from.parse::<NaiveDate>();
        match &from {
            Ok(day) if *day < today => mistakes.push(beside(t, rule, Wrong::Past)),
            Ok(_) => {}
            Err(_) => mistakes.push(("from", t.rule_wrong_day().to_owned())),
        }
        if !acts::is_reason(&self.reason) {
            mistakes.push(beside(t, rule, Wrong::Reason));
        }
        match from {
            Ok(holds_from) if mistakes.is_empty() => {
                Ok(Proposal { rule, numbers, holds_from, reason: self.reason.clone() })
            }
            _ => Err(mistakes),
        }
    }
}

/// Chinese keyboards type wide digits, which mean the narrow ones.
fn narrow(typed: &str) -> String {
    let digit = |letter: char| match letter {
        '０'..='９' => {
            char::from_u32(u32::from(letter) - u32::from('０') + u32::from('0')).unwrap_or(letter)
        }
        other => other,
    };
    typed.chars().map(digit).collect()
}

/// The field of one number.
fn number(t: Texts, rule: Rule, name: &'static str, typed: &str) -> Input {
    let label = if name == NUMBER { t.rule_number().to_owned() } else { t.rule_part(name) };
    let field = Field { required: true, ..Field::new(name, label) };
    if rule.unit() == Unit::YesNo {
        let choices = [("1", t.rule_yes()), ("0", t.rule_no())];
        let choices = choices.map(|(value, words)| Choice::new(value, words, typed == value));
        return Input::new("radio", field.choices(choices.into()));
    }
    let hint = t.rule_unit(unit_tag(rule.unit()));
    Input::new("text", field.hint(hint).value(typed))
}

/// The word by which the texts know what a number counts.
const fn unit_tag(unit: Unit) -> &'static str {
    match unit {
        Unit::WorkingDays => "working-days",
        Unit::Days => "days",
        Unit::Ratings => "ratings",
        Unit::People => "people",
        Unit::YesNo => "yes-no",
        Unit::Percent => "percent",
        Unit::Parts => "parts",
        Unit::Points => "points",
        Unit::AnHour => "an-hour",
        Unit::Share => "share",
    }
}

fn out_of_bounds(t: Texts, rule: Rule) -> String {
    if rule.unit() == Unit::YesNo {
        return t.form_choose_one().to_owned();
    }
    let (least, most) = rule.bounds();
    t.rule_wrong_number(named::Least(least), named::Most(most))
}

/// What is wrong, with the field beside which it is said.
fn beside(t: Texts, rule: Rule, wrong: Wrong) -> (&'static str, String) {
    let names = names(rule);
    let first = names.first().copied().unwrap_or(NUMBER);
    match wrong {
        Wrong::Numbers => (first, out_of_bounds(t, rule)),
        Wrong::Number(at) => (names.get(at).copied().unwrap_or(first), out_of_bounds(t, rule)),
        Wrong::Sum(sum) => (first, t.rule_wrong_sum(sum)),
        Wrong::NotRising => (first, t.rule_wrong_rising().to_owned()),
        Wrong::Same => (first, t.rule_wrong_same().to_owned()),
        Wrong::Order(shorter, longer) => {
            let (shorter, longer) = (t.rule_name(shorter.tag()), t.rule_name(longer.tag()));
            (first, t.rule_wrong_order(named::Longer(longer), named::Shorter(shorter)))
        }
        Wrong::Past => ("from", t.rule_wrong_past().to_owned()),
        Wrong::Far => ("from", t.rule_wrong_far().to_owned()),
        Wrong::Reason => ("reason", t.rule_wrong_reason(acts::LONGEST)),
    }
}

fn form(visitor: &Visitor, site: &Site, rule: Rule, typed: &Typed) -> Result<StepView, Failure> {
    let t = visitor.texts();
    let name = t.rule_name(rule.tag());
    let mut view = step(visitor, site, &format!("{}/change", url_of(rule)), &t.rule_change_title(name))?;
    view.lead = vec![t.rule_about(rule.tag()), t.rule_change_lead().to_owned()];
    view.inputs = typed.inputs(t, rule);
    t.rule_change_submit().clone_into(&mut view.submit);
    Ok(view)
}

/// What the city's package says, as this node knows it; with what this city does.
fn package(shelf: &Shelf, rule: Rule) -> Result<Arc<Book>, Failure> {
    let book = Arc::clone(&shelf.edition()?.catalogue.rules);
    if book.has(rule) { Ok(book) } else { Err(Failure::NotFound) }
}

/// `GET /admin/policy/{rule}/change`
pub async fn change_rule_page(visitor: Visitor, (site, shelf): Two, tag: Path<String>) -> Answer {
    administrator(&visitor, &site).await?;
    let rule = rule_of(&tag)?;
    let package = package(&shelf, rule)?;
    let read = move |c: &mut Conn| Ok::<_, PolicyError>((queries::asked_of(c, rule)?, queries::approved(c)?));
    let (waiting, approved) = site.db.read(read).await?;
    if waiting.is_some() {
        return Ok(Either::Left(see_other(&format!("{}?said=waits", url_of(rule)))));
    }
    let now = site.clock.now();
    let typed = Typed::first(package.with(&approved).at(now).numbers(rule), city_day(now));
    Ok(Either::Right(shown(&form(&visitor, &site, rule, &typed)?)?))
}

/// `POST /admin/policy/{rule}/change`
pub async fn change_rule(visitor: Visitor, (site, shelf): Two, tag: Path<String>, sent: Submitted) -> Answer {
    let member = administrator(&visitor, &site).await?;
    let rule = rule_of(&tag)?;
    let package = package(&shelf, rule)?;
    let (t, now, typed) = (visitor.texts(), site.clock.now(), Typed::sent(rule, &sent));
    let mistakes = match typed.read(t, rule, city_day(now)) {
        Err(mistakes) => mistakes,
        Ok(proposal) => {
            let ask = move |c: &mut Conn| acts::ask(c, now, member.id, &package, &proposal);
            let word = match site.db.tx(ask).await {
                Ok(_) => Ok("asked"),
                Err(PolicyError::Waits) => Ok("waits"),
                Err(PolicyError::Wrong(wrong)) => Err(vec![beside(t, rule, wrong)]),
                Err(error) => return Err(error.into()),
            };
            match word {
                Ok(word) => {
                    return Ok(Either::Left(see_other(&format!("{}?said={word}", url_of(rule)))));
                }
                Err(mistakes) => mistakes,
            }
        }
    };
    let mut view = form(&visitor, &site, rule, &typed)?;
    for (name, words) in &mistakes {
        view.wrong(name, words);
    }
    Ok(Either::Right(shown(&view)?))
}

/// `POST /admin/policy/{rule}`: what waits is approved, refused or taken back.
pub async fn decide_rule(visitor: Visitor, two: Two, tag: Path<String>, sent: Submitted) -> Answer {
    let member = administrator(&visitor, &two.0).await?;
    let rule = rule_of(&tag)?;
    let package = package(&two.1, rule)?;
    let id: ChangeId = sent.get("id").parse().map_err(|_| Failure::BadRequest)?;
    let (now, by) = (two.0.clock.now(), member.id);
    let (done, word) = match sent.get("act") {
        "approve" => {
            let approve = move |c: &mut Conn| acts::approve(c, now, by, &package, id);
            (two.0.db.tx(approve).await, "approved")
        }
        "refuse" => {
            let words = sent.get("words").to_owned();
            if !acts::is_reason(&words) {
                let mut view = one::view(&visitor, &two, &member, rule).await?;
                let wrong = visitor.texts().rule_wrong_reason(acts::LONGEST);
                view.why = view.why.value(words).error(wrong);
                return Ok(Either::Right(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)));
            }
            (two.0.db.tx(move |c: &mut Conn| acts::refuse(c, now, by, id, &words)).await, "refused")
        }
        "withdraw" => (two.0.db.tx(move |c: &mut Conn| acts::withdraw(c, now, by, id)).await, "withdrawn"),
        _ => return Err(Failure::BadRequest),
    };
    let word = match done {
        Ok(()) => word,
        Err(PolicyError::Own) => "own",
        Err(PolicyError::Decided) => "decided",
        Err(PolicyError::Wrong(_)) => "stale",
        Err(error) => return Err(error.into()),
    };
    Ok(Either::Left(see_other(&format!("{}?said={word}", url_of(rule)))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::Lang;

    fn typed(numbers: &[&str], from: &str, reason: &str) -> Typed {
        let numbers = numbers.iter().map(|number| (*number).to_owned()).collect();
        Typed { numbers, from: from.to_owned(), reason: reason.to_owned() }
    }

    #[test]
    fn every_mistake_is_said_beside_its_field() {
        let (t, today) = (Texts::new(Lang::En), NaiveDate::from_ymd_opt(2026, 11, 20).unwrap());
        let fields = |typed: &Typed, rule| {
            let mistakes = typed.read(t, rule, today).unwrap_err();
            mistakes.into_iter().map(|(field, _)| field).collect::<Vec<_>>()
        };
        let all = typed(&["one"], "2026-11-19", "");
        assert_eq!(fields(&all, Rule::ContactDue), ["number", "from", "reason"]);
        let day = typed(&["2"], "soon", "more staff");
        assert_eq!(fields(&day, Rule::ContactDue), ["from"]);
        let sum = typed(&["30", "20", "15", "15", "10", "1"], "2026-12-01", "more staff");
        assert_eq!(fields(&sum, Rule::StarWeights), ["satisfaction"]);
        let rising = typed(&["4000", "6000", "7500", "x"], "2026-12-01", "more staff");
        assert_eq!(fields(&rising, Rule::StarThresholds), ["five"]);
        let wide = typed(&["１２"], "2026-11-20", "more staff").read(t, Rule::FixDue, today).unwrap();
        assert_eq!((wide.numbers, wide.holds_from), (vec![12], today));
    }
}
