//! `/agency/voice/{number}/do/{act}`: one form for each thing that staff do with an order.

use std::sync::Arc;

use actix_web::{
    Either, HttpResponse,
    web::{Data, Path},
};

use super::{DESK, LONGEST, agency_name, clocks, fits, number_in, refusal, seat};
use crate::{
    accounts::staff::{
        self, Branch,
        pages::{shown, step},
    },
    catalogue::{Shelf, present::Presenter},
    db::Conn,
    voice::{
        Act, Clocks, Finding, Kind, Order, Verdict, VoiceError,
        acts::{self, Deed},
        desk::{self, Seat},
        number_of,
    },
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Choice, Field, Input, Link, StepView, Text},
        see_other,
    },
};

type Answer = Result<Either<Page, HttpResponse>, Failure>;

/// So many units can help with an order.
const HELPERS: [&str; 2] = ["helper-1", "helper-2"];

/// What a form is about.
struct About {
    clocks: Clocks,
    seat: Seat,
    order: Order,
    act: Act,
    /// The parts of the unit that has it, with their names.
    parts: Vec<(Branch, String)>,
}

impl About {
    async fn new(
        visitor: &Visitor,
        (site, shelf): (&Site, &Shelf),
        (number, act): (String, String),
    ) -> Result<Self, Failure> {
        let clocks = clocks(shelf)?;
        let seat = seat(visitor, site, &clocks).await?;
        let (number, act) = (number_in(&number)?, Act::named(&act).ok_or(Failure::NotFound)?);
        let asking = seat.clone();
        let read = move |c: &mut Conn| {
            let order = desk::one(c, &asking, &number)?;
            let parts = match &order.agency {
                Some(agency) if act == Act::Pass => {
                    let own = staff::branch_of(c, agency)?;
                    staff::branches_in(c, &own)?
                }
                _ => Vec::new(),
            };
            Ok::<_, VoiceError>((order, parts))
        };
        let (order, parts) = site.db.read(read).await?;
        Ok(Self { clocks, seat, order, act, parts })
    }

    fn here(&self) -> String {
        format!("{DESK}/{}", self.order.number)
    }

    fn view(&self, visitor: &Visitor, site: &Site, posted: &Submitted) -> Result<StepView, Failure> {
        let present = Presenter::new(visitor.texts(), &self.clocks.edition().catalogue);
        let (t, tag) = (present.t, self.act.tag());
        let mut view = step(visitor, site, &format!("{}/do/{tag}", self.here()), &t.voice_do(tag))?;
        view.lead = vec![self.order.number.clone(), t.voice_do_about(tag)];
        view.inputs = self.inputs(present, posted)?;
        t.voice_do_submit().clone_into(&mut view.submit);
        view.links = vec![Link::new(Text::plain(t.voice_do_back()), self.here())];
        Ok(view)
    }

    fn inputs(&self, present: Presenter<'_>, posted: &Submitted) -> Result<Vec<Input>, Failure> {
        let t = present.t;
        let needed = |field: Field| Field { required: true, ..field };
        let words =
            |label: &str| Input::new("long", needed(Field::new("words", label).value(posted.get("words"))));
        Ok(match self.act {
            Act::Classify => vec![self.topics(present, posted)?],
            Act::Dispatch => self.dispatch(present, posted)?,
            Act::NotTake => {
                let all = self.clocks.policy()?.elsewhere.iter().map(|one| {
                    Choice::new(&one.id, present.text(&one.name).text, one.id == posted.get("elsewhere"))
                });
                let field = needed(Field::new("elsewhere", t.voice_not_taken_why()).choices(all.collect()));
                vec![Input::new("radio", field), words(t.voice_words_to_person())]
            }
            Act::Merge => {
                let field = Field::new("into", t.voice_merge_into()).hint(t.voice_merge_into_hint());
                vec![Input::new("text", needed(field.value(posted.get("into"))))]
            }
            Act::Take => Vec::new(),
            Act::Pass => {
                let all = self.parts.iter().filter(|(branch, _)| branch.as_str() != self.order.branch);
                let all = all.map(|(branch, name)| {
                    Choice::new(branch.as_str(), name, branch.as_str() == posted.get("branch"))
                });
                let field = needed(Field::new("branch", t.voice_pass_to()).choices(all.collect()));
                vec![Input::new("select", field)]
            }
            Act::Visit => {
                let choice = |tag: &'static str| {
                    Choice::new(tag, t.voice_visit_choice(tag), tag == posted.get("verdict"))
                };
                let all = ["satisfied", "dissatisfied", "unreached"].map(choice);
                let field = needed(Field::new("verdict", t.voice_visit_verdict()).choices(all.into()));
                let note = Field::new("words", t.voice_words_inside()).value(posted.get("words"));
                vec![Input::new("radio", field), Input::new("long", note)]
            }
            Act::Reply => {
                let said = self.finding(present, posted)?;
                said.into_iter().chain([words(t.voice_words_to_person())]).collect()
            }
            Act::Extend => vec![words(t.voice_words_to_person())],
            Act::GiveBack | Act::Note => vec![words(t.voice_words_inside())],
            Act::Close | Act::Reopen | Act::Withdraw | Act::Supervise => return Err(Failure::NotFound),
        })
    }

    /// What came of it, of what something can come of. A dispute is decided with the answer.
    fn finding(&self, present: Presenter<'_>, posted: &Submitted) -> Result<Option<Input>, Failure> {
        let (t, kind) = (present.t, self.order.kind()?);
        let choice = |one: &Finding| {
            Choice::new(one.tag(), t.voice_finding(one.tag()), one.tag() == posted.get("finding"))
        };
        let all: Vec<Choice> = Finding::of(kind).iter().map(choice).collect();
        let label = if kind == Kind::Dispute { t.voice_dispute_finding() } else { t.voice_mediation() };
        let field = Field { required: kind == Kind::Dispute, ..Field::new("finding", label).choices(all) };
        Ok((!field.choices.is_empty()).then(|| Input::new("radio", field)))
    }

    fn topics(&self, present: Presenter<'_>, posted: &Submitted) -> Result<Input, Failure> {
        let t = present.t;
        let now = posted.pairs().next().map_or(self.order.topic.as_deref(), |_| Some(posted.get("topic")));
        let none = Choice::new("", t.voice_topic_none(), now.is_none_or(str::is_empty));
        let all = self.clocks.policy()?.topics.iter().map(|topic| {
            Choice::new(&topic.id, present.text(&topic.name).text, now == Some(topic.id.as_str()))
        });
        let field = Field::new("topic", t.voice_topic()).choices([none].into_iter().chain(all).collect());
        Ok(Input::new("select", field))
    }

    /// Who deals with it: what the words and the place suggest is chosen already.
    fn dispatch(&self, present: Presenter<'_>, posted: &Submitted) -> Result<Vec<Input>, Failure> {
        let t = present.t;
        let typed = posted.pairs().next().is_some();
        let agencies = |name: &'static str, label: &str, now: &str| {
            let none = Choice::new("", t.voice_unit_none(), now.is_empty());
            let all = present.catalogue.agencies.iter().map(|entry| {
                let name = agency_name(present, &entry.slug).text;
                Choice::new(&entry.slug, name, entry.slug == now)
            });
            Field::new(name, label).choices([none].into_iter().chain(all).collect())
        };
        let lead = if typed { posted.get("lead") } else { self.order.agency.as_deref().unwrap_or_default() };
        let lead = agencies("lead", t.voice_lead_unit(), lead).hint(t.voice_lead_hint());
        let mut inputs =
            vec![self.topics(present, posted)?, Input::new("select", Field { required: true, ..lead })];
        for name in HELPERS {
            inputs.push(Input::new("select", agencies(name, t.voice_helper(), posted.get(name))));
        }
        let yes = Choice::new("yes", t.voice_decided_yes(), posted.get("decided") == "yes");
        let decided = Field::new("decided", t.voice_decided()).hint(t.voice_decided_hint());
        inputs.push(Input::new("checkbox", decided.choices(vec![yes])));
        let note = Field::new("words", t.voice_words_inside()).value(posted.get("words"));
        inputs.push(Input::new("long", note));
        Ok(inputs)
    }

    /// What is to be done, or the field that does not say it.
    fn deed(&self, posted: &Submitted) -> Result<Deed, &'static str> {
        let some = |name: &'static str| {
            Some(posted.get(name).to_owned()).filter(|text| !text.is_empty()).ok_or(name)
        };
        let written = || some("words").ok().filter(|text| fits(text, 2, LONGEST)).ok_or("words");
        let note = || match posted.get("words") {
            "" => Ok(String::new()),
            text if fits(text, 2, LONGEST) => Ok(text.to_owned()),
            _ => Err("words"),
        };
        Ok(match self.act {
            Act::Classify => Deed::Classify { topic: some("topic")? },
            Act::Dispatch => Deed::Dispatch {
                topic: some("topic").ok(),
                lead: some("lead")?,
                helpers: HELPERS.into_iter().filter_map(|name| some(name).ok()).collect(),
                decided: posted.get("decided") == "yes",
                words: note()?,
            },
            Act::NotTake => Deed::NotTake { elsewhere: some("elsewhere")?, words: written()? },
            Act::Merge => Deed::Merge { into: number_of(posted.get("into")).ok_or("into")? },
            Act::Take => Deed::Take,
            Act::GiveBack => Deed::GiveBack { words: written()? },
            Act::Pass => Deed::Pass { branch: some("branch")? },
            Act::Note => Deed::Note { words: written()? },
            Act::Extend => Deed::Extend { words: written()? },
            Act::Reply => Deed::Reply { words: written()?, finding: self.found(posted.get("finding"))? },
            Act::Visit => {
                let verdict = some("verdict")?;
                if verdict != "unreached" && Verdict::named(&verdict).is_none() {
                    return Err("verdict");
                }
                Deed::Visit { verdict: Verdict::named(&verdict), words: note()? }
            }
            Act::Close | Act::Reopen | Act::Withdraw | Act::Supervise => return Err("words"),
        })
    }

    /// What was said to have come of it: of a dispute it must be said.
    fn found(&self, typed: &str) -> Result<Option<Finding>, &'static str> {
        let kind = self.order.kind().map_err(|_| "finding")?;
        if typed.is_empty() && kind != Kind::Dispute {
            return Ok(None);
        }
        let known = Finding::named(typed).filter(|finding| Finding::of(kind).contains(finding));
        known.map(Some).ok_or("finding")
    }

    /// The field that is spoken of where something about it is not right, though it was said.
    const fn first(&self) -> &'static str {
        match self.act {
            Act::Merge => "into",
            Act::Dispatch => "lead",
            Act::NotTake => "elsewhere",
            Act::Pass => "branch",
            Act::Classify => "topic",
            _ => "words",
        }
    }

    fn wrong(&self, visitor: &Visitor, site: &Site, posted: &Submitted, name: &str) -> Answer {
        let t = visitor.texts();
        let words = match name {
            "words" => t.voice_wrong_text(LONGEST),
            "into" => t.voice_wrong_into().to_owned(),
            _ => t.voice_wrong_choice().to_owned(),
        };
        let mut view = self.view(visitor, site, posted)?;
        view.wrong(name, &words);
        Ok(Either::Left(shown(&view)?))
    }
}

/// `GET /agency/voice/{number}/do/{act}`
pub async fn form(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    path: Path<(String, String)>,
) -> Result<Page, Failure> {
    let about = About::new(&visitor, (&site, &shelf), path.into_inner()).await?;
    shown(&about.view(&visitor, &site, &Submitted::default())?)
}

/// `POST /agency/voice/{number}/do/{act}`
pub async fn post(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    path: Path<(String, String)>,
    posted: Submitted,
) -> Answer {
    let about = About::new(&visitor, (&site, &shelf), path.into_inner()).await?;
    let deed = match about.deed(&posted) {
        Ok(deed) => deed,
        Err(name) => return about.wrong(&visitor, &site, &posted, name),
    };
    let (ring, now) = (Arc::clone(&site.keys), site.clock.now());
    let (clocks, seat, number) = (about.clocks.clone(), about.seat.clone(), about.order.number.clone());
    let act = move |c: &mut Conn| acts::carry_out(c, (&ring, now), &clocks, &seat, &number, &deed);
    let word = match site.db.tx(act).await {
        Ok(()) => "done",
        Err(VoiceError::NotWhole) => return about.wrong(&visitor, &site, &posted, about.first()),
        Err(error) => refusal(error)?,
    };
    // What is given back or out of one's hands is not there any more.
    let gone = matches!(about.act, Act::GiveBack | Act::Pass) && word == "done";
    let there = if gone { DESK.to_owned() } else { about.here() };
    Ok(Either::Right(see_other(&format!("{there}?said={word}"))))
}
