//! `/agency/surveys/new` and `…/{id}/plan`: what a survey is, apart from its questions.

use actix_web::{
    Either, HttpResponse,
    web::{Data, Path},
};
use chrono::NaiveDate;
use yimen_contract::Bilingual;

use super::{Asker, DESK, at_desk, desk::agencies, fits, refusal};
use crate::{
    accounts::staff::pages::{shown, step},
    catalogue::{Shelf, present::Presenter},
    db::Conn,
    platform::Texts,
    surveys::{
        Names, Stage, Survey, Who,
        design::{self, Plan},
        latest,
    },
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Choice, Field, Input, StepView},
        see_other,
    },
};

const TITLE: usize = 100;
const LEAD: usize = 2000;

type Answer = Result<Either<HttpResponse, Page>, Failure>;

/// What was typed, or what is known.
#[derive(Debug, Default)]
struct Typed {
    agency: String,
    title: Bilingual,
    lead: Bilingual,
    who: String,
    names: String,
    opens: String,
    closes: String,
}

impl Typed {
    fn sent(sent: &Submitted) -> Self {
        let both = |zh, en| Bilingual::new(sent.get(zh), sent.get(en));
        Self {
            agency: sent.get("agency").to_owned(),
            title: both("title_zh", "title_en"),
            lead: both("lead_zh", "lead_en"),
            who: sent.get("who").to_owned(),
            names: sent.get("names").to_owned(),
            opens: sent.get("opens").to_owned(),
            closes: sent.get("closes").to_owned(),
        }
    }

    fn of(survey: &Survey) -> Self {
        Self {
            agency: survey.agency.clone(),
            title: survey.title(),
            lead: survey.lead(),
            who: survey.who().tag().to_owned(),
            names: survey.names().tag().to_owned(),
            opens: survey.opens_on.to_string(),
            closes: survey.closes_on.to_string(),
        }
    }

    fn inputs(&self, t: Texts, agencies: &[(&str, String)]) -> Vec<Input> {
        let needed = |field: Field| Field { required: true, ..field };
        let whose = agencies.iter().map(|(slug, name)| Choice::new(*slug, name, *slug == self.agency));
        let agency = Field::new("agency", t.survey_agency()).choices(whose.collect());
        let who =
            Who::ALL.map(|who| Choice::new(who.tag(), t.survey_who_is(who.tag()), who.tag() == self.who));
        let names = Names::ALL.map(|names| {
            Choice::new(names.tag(), t.survey_names_option(names.tag()), names.tag() == self.names)
        });
        let mut inputs = vec![
            Input::new("text", needed(Field::new("title_zh", t.survey_title_zh()).value(&self.title.zh))),
            Input::new("text", Field::new("title_en", t.survey_title_en()).value(&self.title.en)),
            Input::new(
                "long",
                needed(
                    Field::new("lead_zh", t.survey_lead_zh())
                        .value(&self.lead.zh)
                        .hint(t.survey_lead_zh_hint()),
                ),
            ),
            Input::new("long", Field::new("lead_en", t.survey_lead_en()).value(&self.lead.en)),
            Input::new("radio", needed(Field::new("who", t.survey_who()).choices(who.into()))),
            Input::new("radio", needed(Field::new("names", t.survey_names()).choices(names.into()))),
            Input::new("date", needed(Field::new("opens", t.survey_opens()).value(&self.opens))),
            Input::new(
                "date",
                needed(
                    Field::new("closes", t.survey_closes()).value(&self.closes).hint(t.survey_closes_hint()),
                ),
            ),
        ];
        if !agencies.is_empty() {
            inputs.insert(0, Input::new("select", needed(agency)));
        }
        inputs
    }

    /// What it comes to, or what is wrong where.
    fn read(&self, t: Texts, today: NaiveDate) -> Result<Plan, Vec<(&'static str, String)>> {
        let mut wrong = Vec::new();
        let words = [
            ("title_zh", &self.title.zh, TITLE, true),
            ("title_en", &self.title.en, TITLE, false),
            ("lead_zh", &self.lead.zh, LEAD, true),
            ("lead_en", &self.lead.en, LEAD, false),
        ];
        for (name, text, most, needed) in words {
            if needed && !fits(text, most) {
                wrong.push((name, t.survey_wrong_words(most)));
            } else if !text.is_empty() && !fits(text, most) {
                wrong.push((name, t.survey_wrong_long(most)));
            }
        }
        let (who, names) = (Who::named(&self.who), Names::named(&self.names));
        let missing = [("who", who.is_none()), ("names", names.is_none())];
        for (name, _) in missing.into_iter().filter(|(_, missing)| *missing) {
            wrong.push((name, t.survey_wrong_choice().to_owned()));
        }
        if who == Some(Who::Everybody) && names == Some(Names::Named) {
            wrong.push(("names", t.survey_wrong_names().to_owned()));
        }
        let (opens, closes) = (self.opens.parse::<NaiveDate>().ok(), self.closes.parse::<NaiveDate>().ok());
        for (name, _) in [("opens", opens), ("closes", closes)].into_iter().filter(|(_, day)| day.is_none()) {
            wrong.push((name, t.survey_wrong_day().to_owned()));
        }
        if let (Some(opens), Some(closes)) = (opens, closes) {
            if closes < opens || closes < today {
                wrong.push(("closes", t.survey_wrong_order().to_owned()));
            } else if closes > latest(opens) {
                wrong.push(("closes", t.survey_wrong_term().to_owned()));
            }
        }
        match (who, names, opens, closes) {
            (Some(who), Some(names), Some(opens_on), Some(closes_on)) if wrong.is_empty() => Ok(Plan {
                title: self.title.clone(),
                lead: self.lead.clone(),
                who,
                names,
                opens_on,
                closes_on,
            }),
            _ => Err(wrong),
        }
    }
}

fn view(
    visitor: &Visitor,
    site: &Site,
    action: &str,
    typed: &Typed,
    agencies: &[(&str, String)],
) -> Result<StepView, Failure> {
    let t = visitor.texts();
    let mut view = step(visitor, site, action, t.survey_plan_title())?;
    view.lead = vec![t.survey_plan_lead().to_owned()];
    view.inputs = typed.inputs(t, agencies);
    t.survey_plan_save().clone_into(&mut view.submit);
    Ok(view)
}

fn wrong(mut view: StepView, mistakes: &[(&'static str, String)]) -> Answer {
    for (name, words) in mistakes {
        view.wrong(name, words);
    }
    Ok(Either::Right(shown(&view)?))
}

pub async fn begin_page(visitor: Visitor, (site, shelf): (Data<Site>, Data<Shelf>)) -> Result<Page, Failure> {
    let asker = Asker::of(&visitor, &site).await?;
    let edition = shelf.edition()?;
    let theirs = agencies(&asker, Presenter::new(visitor.texts(), &edition.catalogue));
    let today = site.clock.today();
    let typed = Typed { opens: today.to_string(), ..Typed::default() };
    shown(&view(&visitor, &site, &format!("{DESK}/new"), &typed, &theirs)?)
}

pub async fn begin(visitor: Visitor, (site, shelf): (Data<Site>, Data<Shelf>), sent: Submitted) -> Answer {
    let asker = Asker::of(&visitor, &site).await?;
    let typed = Typed::sent(&sent);
    let edition = shelf.edition()?;
    let t = visitor.texts();
    let theirs = agencies(&asker, Presenter::new(t, &edition.catalogue));
    let own = theirs.iter().any(|(slug, _)| *slug == typed.agency);
    let plan = match typed.read(t, site.clock.today()) {
        Ok(plan) if own => plan,
        read => {
            let mut mistakes = read.err().unwrap_or_default();
            if !own {
                mistakes.insert(0, ("agency", t.survey_wrong_choice().to_owned()));
            }
            return wrong(view(&visitor, &site, &format!("{DESK}/new"), &typed, &theirs)?, &mistakes);
        }
    };
    let (now, by, agency) = (site.clock.now(), asker.login(), typed.agency);
    let id = site.db.tx(move |c: &mut Conn| design::begin(c, now, &agency, &by, &plan)).await?;
    Ok(Either::Left(see_other(&at_desk(id))))
}

pub async fn change_page(visitor: Visitor, site: Data<Site>, id: Path<String>) -> Answer {
    let asker = Asker::of(&visitor, &site).await?;
    let survey = asker.survey(&site, &id).await?;
    let here = at_desk(survey.id);
    if survey.stage(site.clock.today()) != Stage::Draft {
        return Ok(Either::Left(see_other(&here)));
    }
    let view = view(&visitor, &site, &format!("{here}/plan"), &Typed::of(&survey), &[])?;
    Ok(Either::Right(shown(&view)?))
}

pub async fn change(visitor: Visitor, site: Data<Site>, id: Path<String>, sent: Submitted) -> Answer {
    let asker = Asker::of(&visitor, &site).await?;
    let survey = asker.survey(&site, &id).await?;
    let here = at_desk(survey.id);
    let typed = Typed::sent(&sent);
    let t = visitor.texts();
    let files = survey.files().next().is_some();
    let plan = match typed.read(t, site.clock.today()) {
        Ok(plan) if files && plan.names != Names::Named => {
            let mistakes = [("names", t.survey_wrong_names_files().to_owned())];
            return wrong(view(&visitor, &site, &format!("{here}/plan"), &typed, &[])?, &mistakes);
        }
        Ok(plan) => plan,
        Err(mistakes) => {
            return wrong(view(&visitor, &site, &format!("{here}/plan"), &typed, &[])?, &mistakes);
        }
    };
    let (now, id) = (site.clock.now(), survey.id);
    let word = match site.db.tx(move |c: &mut Conn| design::change(c, now, id, &plan)).await {
        Ok(()) => "saved",
        Err(error) => refusal(error)?,
    };
    Ok(Either::Left(see_other(&format!("{here}?said={word}"))))
}
