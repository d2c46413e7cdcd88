//! `/agency/surveys/{id}/questions/{name}`: a question, or `new`.

use actix_web::{
    Either, HttpResponse,
    web::{Data, Path},
};
use yimen_contract::Bilingual;

use super::{Asker, at_desk, fits, refusal};
use crate::{
    accounts::staff::pages::{shown, step},
    db::Conn,
    platform::Texts,
    surveys::{
        Asked, Names, Question, Stage, Survey, design,
        questions::{CHOICES, choices, typed},
    },
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Choice, Field, Input, StepView},
        see_other,
    },
};

const LABEL: usize = 300;
const CHOICE: usize = 100;
/// Stands in the address in place of a question's name for one that is added.
const NEW: &str = "new";

type Answer = Result<Either<HttpResponse, Page>, Failure>;

/// What was typed, or what is known.
#[derive(Default)]
struct Typed {
    label: Bilingual,
    hint: Bilingual,
    asked: String,
    choices: String,
    required: bool,
}

impl Typed {
    fn sent(sent: &Submitted) -> Self {
        Self {
            label: Bilingual::new(sent.get("label_zh"), sent.get("label_en")),
            hint: Bilingual::new(sent.get("hint_zh"), sent.get("hint_en")),
            asked: sent.get("asked").to_owned(),
            choices: sent.get("choices").to_owned(),
            required: sent.get("required") == "yes",
        }
    }

    fn of(question: &Question) -> Self {
        Self {
            label: question.label.clone(),
            hint: question.hint.clone(),
            asked: question.asked.tag().to_owned(),
            choices: typed(&question.choices),
            required: question.required,
        }
    }

    fn inputs(&self, t: Texts) -> Vec<Input> {
        let needed = |field: Field| Field { required: true, ..field };
        let asked = Asked::ALL
            .map(|one| Choice::new(one.tag(), t.survey_asked_as(one.tag()), one.tag() == self.asked));
        let must = Choice::new("yes", t.survey_required_yes(), self.required);
        vec![
            Input::new("text", needed(Field::new("label_zh", t.survey_question_zh()).value(&self.label.zh))),
            Input::new("text", Field::new("label_en", t.survey_question_en()).value(&self.label.en)),
            Input::new("text", Field::new("hint_zh", t.survey_hint_zh()).value(&self.hint.zh)),
            Input::new("text", Field::new("hint_en", t.survey_hint_en()).value(&self.hint.en)),
            Input::new("radio", needed(Field::new("asked", t.survey_asked()).choices(asked.into()))),
            Input::new(
                "long",
                Field::new("choices", t.survey_choices()).value(&self.choices).hint(t.survey_choices_hint()),
            ),
            Input::new("checkbox", Field::new("required", t.survey_required()).choices(vec![must])),
        ]
    }

    fn read(&self, t: Texts, name: &str, names: Names) -> Result<Question, Vec<(&'static str, String)>> {
        let mut wrong = Vec::new();
        if !fits(&self.label.zh, LABEL) {
            wrong.push(("label_zh", t.survey_wrong_words(LABEL)));
        }
        let others = [("label_en", &self.label.en), ("hint_zh", &self.hint.zh), ("hint_en", &self.hint.en)];
        for (name, _) in others.into_iter().filter(|(_, text)| !text.is_empty() && !fits(text, LABEL)) {
            wrong.push((name, t.survey_wrong_long(LABEL)));
        }
        let asked = Asked::named(&self.asked);
        if asked.is_none() {
            wrong.push(("asked", t.survey_wrong_choice().to_owned()));
        } else if asked == Some(Asked::File) && names != Names::Named {
            wrong.push(("asked", t.survey_wrong_file().to_owned()));
        }
        // What was typed for another kind of question is let go.
        let listed = asked.is_some_and(Asked::has_choices);
        let choices = if listed { choices(&self.choices) } else { Vec::new() };
        let short = |text: &str| text.is_empty() || fits_choice(text);
        let right = (2..=CHOICES).contains(&choices.len())
            && choices.iter().all(|choice| fits_choice(&choice.zh) && short(&choice.en));
        if listed && !right {
            wrong.push(("choices", t.survey_wrong_choices(CHOICES)));
        }
        match asked {
            Some(asked) if wrong.is_empty() => Ok(Question {
                name: name.to_owned(),
                asked,
                label: self.label.clone(),
                // A hint in English alone would stand under a Chinese question.
                hint: if self.hint.zh.is_empty() { Bilingual::default() } else { self.hint.clone() },
                required: self.required,
                choices,
            }),
            _ => Err(wrong),
        }
    }
}

/// A choice may be a single character.
fn fits_choice(text: &str) -> bool {
    text.chars().count() == 1 || fits(text, CHOICE)
}

fn view(visitor: &Visitor, site: &Site, action: &str, typed: &Typed) -> Result<StepView, Failure> {
    let t = visitor.texts();
    let mut view = step(visitor, site, action, t.survey_question_title())?;
    view.inputs = typed.inputs(t);
    t.survey_question_save().clone_into(&mut view.submit);
    Ok(view)
}

/// The question of the address; nothing for one that is added.
fn known<'a>(survey: &'a Survey, name: &str) -> Result<Option<&'a Question>, Failure> {
    if name == NEW {
        return Ok(None);
    }
    survey.questions().iter().find(|question| question.name == name).map(Some).ok_or(Failure::NotFound)
}

pub async fn question_page(visitor: Visitor, site: Data<Site>, path: Path<(String, String)>) -> Answer {
    let (id, name) = path.into_inner();
    let asker = Asker::of(&visitor, &site).await?;
    let survey = asker.survey(&site, &id).await?;
    let here = at_desk(survey.id);
    if survey.stage(site.clock.today()) != Stage::Draft {
        return Ok(Either::Left(see_other(&here)));
    }
    let typed = known(&survey, &name)?.map_or_else(Typed::default, Typed::of);
    let view = view(&visitor, &site, &format!("{here}/questions/{name}"), &typed)?;
    Ok(Either::Right(shown(&view)?))
}

pub async fn question(
    visitor: Visitor,
    site: Data<Site>,
    path: Path<(String, String)>,
    sent: Submitted,
) -> Answer {
    let (id, name) = path.into_inner();
    let asker = Asker::of(&visitor, &site).await?;
    let survey = asker.survey(&site, &id).await?;
    let here = at_desk(survey.id);
    // One that somebody else took out meanwhile is added anew: what was typed is not lost.
    let kept = known(&survey, &name).ok().flatten().map_or("", |question| question.name.as_str());
    let typed = Typed::sent(&sent);
    let question = match typed.read(visitor.texts(), kept, survey.names()) {
        Ok(question) => question,
        Err(mistakes) => {
            let mut view = view(&visitor, &site, &format!("{here}/questions/{name}"), &typed)?;
            for (name, words) in &mistakes {
                view.wrong(name, words);
            }
            return Ok(Either::Right(shown(&view)?));
        }
    };
    let (now, id) = (site.clock.now(), survey.id);
    let word = match site.db.tx(move |c: &mut Conn| design::ask(c, now, id, question)).await {
        Ok(()) => "saved",
        Err(error) => refusal(error)?,
    };
    Ok(Either::Left(see_other(&format!("{here}?said={word}"))))
}
