//! `/me/ratings/{kind}/{reference}`: one matter, and what somebody says of it.
//!
//! First which level, and none is chosen for anybody; then what they want to add, if anything. Nothing is kept before they
//! send it (`say`). What became of it stands on the same page.

use std::sync::Arc;

use actix_web::{
    HttpRequest,
    http::StatusCode,
    web::{Data, Path},
};
use chrono::NaiveDate;
use yimen_contract::{Bilingual, city::RatingTag};
use yimen_scores::Level;

use super::{fits, local, said, service_name, tags, told_line};
use crate::{
    cases::{
        Whose,
        pages::list::{covers, reach},
        papers::FileId,
    },
    catalogue::{Edition, Shelf, present::Presenter},
    db::Conn,
    platform::{Moment, Texts, clock::city_day, keys::KeyRing},
    ratings::{
        Kind, RatingError, Standing, Terms,
        evidence::{self, What},
        follow::{self, Step, Verdict, hands::is_own, life::State},
        give::may_amend,
        level_named, level_tag, matters,
        queries::{self, Own},
        views::{FollowView, GivenView, RateView, Stage},
    },
    web::{
        Failure, Page, Site, Visitor,
        frame::{Choice, Field},
        query,
    },
};

pub(super) type Two = (Data<Site>, Data<Shelf>);
/// Longest text, in letters.
pub(super) const LONGEST: usize = 1000;

/// A matter of somebody's, and who they are.
#[derive(Clone)]
pub(super) struct Here {
    pub(super) whose: Whose,
    pub(super) edition: Arc<Edition>,
    pub(super) kind: Kind,
    pub(super) reference: String,
}

/// A rating with what followed, and the files about what was put right.
pub(super) type Whole = (Own, Vec<Step>, Vec<FileId>);

/// What there is to say of it.
pub(super) enum Found {
    /// It ended, and can be rated until a day.
    Open(NaiveDate),
    Over,
    Given(Box<Whole>),
}

impl Here {
    pub(super) async fn new(
        visitor: &Visitor,
        (site, shelf): &Two,
        (kind, reference): (String, String),
    ) -> Result<(Self, Found, String, String), Failure> {
        let (whose, scope) = reach(visitor, site).await?;
        let edition = shelf.edition()?;
        let kind = Kind::named(&kind).ok_or(Failure::NotFound)?;
        let here = Self { whose, edition, kind, reference };
        let own = here.whose.represents().is_none() && here.whose.company().is_none();
        let (asked, ring, now) = (here.clone(), site.keys.clone(), site.clock.now());
        let read = move |c: &mut Conn| asked.find(c, &ring, now);
        // Whoever reads for another leaves a line in the record.
        let found = if own { site.db.read(read).await } else { site.db.tx(read).await };
        let (found, service, agency) = found?;
        if !covers(&scope, &here.edition.catalogue, &service) {
            return Err(Failure::NotFound);
        }
        Ok((here, found, service, agency))
    }

    pub(super) fn url(&self) -> String {
        format!("/me/ratings/{}/{}", self.kind.tag(), self.reference)
    }

    fn find(
        &self,
        c: &mut Conn,
        ring: &KeyRing,
        now: Moment,
    ) -> Result<(Found, String, String), RatingError> {
        let terms = Terms::of(&self.edition.catalogue).ok_or(RatingError::Unknown)?;
        let matter = matters::find(c, &self.whose, self.kind, &self.reference)?;
        if let Some(matter) = matter.as_ref().filter(|matter| matter.is_rated()) {
            let warrant = self.whose.warrant(c, ring, now, &matter.service)?;
            let own = queries::own(c, ring, matter, &warrant)?.ok_or(RatingError::Unknown)?;
            let steps =
                if own.follow_up.is_some() { follow::of_rating(c, ring, matter.id)? } else { Vec::new() };
            let place = (matter.service.clone(), matter.agency.clone());
            let proofs = evidence::of_what(c, matter.id, What::Fix)?;
            return Ok((Found::Given(Box::new((own, steps, proofs))), place.0, place.1));
        }
        let (citizen, company) = matters::owner(self.kind, &self.whose).ok_or(RatingError::Unknown)?;
        let ended = matters::ended(c, self.kind, citizen, &self.reference)?;
        let ended = ended.filter(|ended| ended.is_of(company)).ok_or(RatingError::Unknown)?;
        let until = terms.last_day(ended.on).max(matter.map_or(NaiveDate::MIN, |matter| matter.last_day));
        let over = city_day(now) > until;
        Ok((if over { Found::Over } else { Found::Open(until) }, ended.service, ended.agency))
    }
}

/// `GET`
pub async fn rate(
    visitor: Visitor,
    two: Two,
    path: Path<(String, String)>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let (here, found, service, agency) = Here::new(&visitor, &two, path.into_inner()).await?;
    let level = query(&request, "level").as_deref().and_then(level_named);
    // The question was sent without an answer.
    let missing = level.is_none() && query(&request, "ask").is_some();
    let typed = (level.is_some() || missing).then(|| Typed { level, ..Typed::default() });
    let mut view = view(&visitor, &two.0, (&here, found), (&service, &agency), typed)?;
    view.said = said(visitor.texts(), &request);
    let status = if view.mistakes.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(Page::new(&view)?.status(status))
}

/// What was chosen and typed.
#[derive(Debug, Default)]
pub(super) struct Typed {
    /// None where they chose none, so that it is asked again.
    pub(super) level: Option<Level>,
    pub(super) tags: Vec<String>,
    pub(super) words: String,
}

pub(super) fn view(
    visitor: &Visitor,
    site: &Site,
    (here, found): (&Here, Found),
    (service, agency): (&str, &str),
    typed: Option<Typed>,
) -> Result<RateView, Failure> {
    let present = Presenter::new(visitor.texts(), &here.edition.catalogue);
    let t = present.t;
    let own = here.whose.represents().is_none() && here.whose.company().is_none();
    let aside = matches!(&found, Found::Given(given) if given.0.rating.standing() == Standing::Aside);
    let stage = match (found, typed) {
        (Found::Over, _) => Stage::Over,
        (Found::Given(given), _) => Stage::Given(Box::new(given_view(present, (site, &here.url()), *given)?)),
        (Found::Open(until), None) => Stage::Ask { levels: level_field(t, "level"), until, kept: None },
        (Found::Open(until), Some(typed)) => {
            let again = || ask_again(present, until, &typed);
            typed.level.map_or_else(again, |level| add(present, level, &typed))
        }
    };
    Ok(RateView {
        csrf: visitor.form_token(site)?,
        url: here.url(),
        matter: here.kind.page(&here.reference),
        name: service_name(present, service),
        agency: here.edition.catalogue.agency(agency).map(|entry| present.agency(entry)),
        said: None,
        // A dispute is an order of the city's desk, if it has one.
        disputes: own && aside && here.edition.catalogue.city.voice.is_some(),
        mistakes: stage.mistakes(),
        stage,
        frame: visitor.frame(),
    })
}

/// The five levels, the best first. None of them is chosen.
fn level_field(t: Texts, name: &'static str) -> Field {
    let levels = Level::ALL.into_iter().rev().map(level_tag);
    let choices = levels.map(|level| Choice::new(level, t.rating_level(level), false)).collect();
    Field::new(name, t.rating_question()).choices(choices)
}

/// What can be ticked beside a level.
pub(super) fn offered(present: Presenter<'_>, level: Level) -> &[RatingTag] {
    let Some(policy) = &present.catalogue.city.ratings else { return &[] };
    let found = policy.tags.levels().into_iter().find(|(name, _)| *name == level_tag(level));
    found.map_or(&[], |(_, tags)| tags)
}

fn tag_choice(present: Presenter<'_>, id: &str, name: &Bilingual, chosen: bool) -> Choice {
    let name = present.text(name);
    let choice = Choice::new(id, &name.text, chosen);
    if name.fallback { choice.lang("zh-CN") } else { choice }
}

fn words_field(t: Texts, about: &str, typed: &Typed) -> Field {
    let words = Field::new("words", about).hint(t.rating_words_hint()).value(typed.words.as_str());
    if fits(&typed.words, LONGEST) { words } else { words.error(t.rating_too_long(LONGEST)) }
}

fn add(present: Presenter<'_>, level: Level, typed: &Typed) -> Stage {
    let t = present.t;
    let choice = |tag: &RatingTag| tag_choice(present, &tag.id, &tag.name, typed.tags.contains(&tag.id));
    let tags = offered(present, level).iter().map(choice).collect();
    let about = if level.is_bad() { t.rating_words_bad() } else { t.rating_words() };
    Stage::Add {
        level: level_tag(level),
        tags: Field::new("tag", t.rating_tags()).choices(tags),
        words: words_field(t, about, typed),
    }
}

/// The question again, for whoever sent it without a level. What they ticked and wrote besides stands below it.
fn ask_again(present: Presenter<'_>, until: NaiveDate, typed: &Typed) -> Stage {
    let t = present.t;
    let name = |id: &String| present.catalogue.city.ratings.as_ref()?.tags.name(id);
    let ticked = typed.tags.iter().filter_map(|id| Some(tag_choice(present, id, name(id)?, true)));
    let kept = (!typed.tags.is_empty() || !typed.words.is_empty()).then(|| {
        let tags = Field::new("tag", t.rating_tags()).choices(ticked.collect());
        (tags, words_field(t, t.rating_words(), typed))
    });
    Stage::Ask { levels: level_field(t, "level").error(t.rating_choose()), until, kept }
}

fn given_view(
    present: Presenter<'_>,
    (site, url): (&Site, &str),
    (own, steps, proofs): Whole,
) -> Result<GivenView, Failure> {
    let terms = Terms::of(present.catalogue).ok_or(Failure::NotFound)?;
    let today = site.clock.today();
    let Own { rating, follow_up, appeal, words } = own;
    let amends = may_amend(&terms, today, &rating, follow_up.as_ref());
    let reason = appeal.as_ref().map(|appeal| appeal.reason(&site.keys)).transpose()?.flatten();
    let follow = match follow_up {
        Some(one) => {
            let state = one.state()?;
            let until = one.answered_on().map(|on| terms.last_day(on)).filter(|last| today <= *last);
            let until = until.filter(|_| state == State::Answered);
            Some(FollowView {
                state: state.tag(),
                due: one.due(),
                steps: steps.into_iter().filter(|step| !is_own(&step.act)).map(told_line).collect(),
                verdict: until.map(|until| verdict_fields(present.t, until)),
                said: one.verdict().map(Verdict::tag),
                evidence: proofs.into_iter().map(|id| format!("{url}/evidence/{id}")).collect(),
            })
        }
        None => None,
    };
    Ok(GivenView {
        level: level_tag(rating.level()?),
        first: rating.first()?.map(level_tag),
        tags: tags(present, rating.tags()),
        words,
        at: local(rating.given_at()),
        standing: rating.standing().tag(),
        appeal: appeal.map(|appeal| (appeal.fault().tag(), reason)),
        follow,
        amend: amends.then(|| Field {
            label: present.t.rating_amend_question().to_owned(),
            ..level_field(present.t, "new-level")
        }),
    })
}

fn verdict_fields(t: Texts, until: NaiveDate) -> (Field, Field, NaiveDate) {
    let choices = Verdict::ALL.map(|one| Choice::new(one.tag(), t.rating_verdict(one.tag()), false));
    let verdict = Field::new("verdict", t.rating_verdict_question()).choices(choices.into());
    let words = Field::new("still", t.rating_still()).hint(t.rating_still_hint());
    (verdict, words, until)
}
