//! `/agency/ratings/{id}` and `/admin/ratings/{id}`: one rating, without who gave it, and what is done about it.

use std::sync::Arc;

use actix_web::{
    Either, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use yimen_scores::mask::Hidden;

use super::{
    Seat, agency_name,
    hands::hand_view,
    id_of, local,
    orders::{self, Order},
    said, service_name, step_line, tags,
};
use crate::{
    cases::papers::{
        FileId,
        alone::{self, Exhibit, Takes},
    },
    catalogue::{Edition, Shelf, present::Presenter},
    db::{Conn, Sealed},
    platform::{clock::city_day, keys::KeyRing},
    ratings::{
        RatingError, RatingId, Terms, appeal, contact, evidence,
        follow::{
            self, FollowUp, Step, Verdict,
            hands::{self, ALIVE, Hands},
            life::State,
            work::{self, Worker},
        },
        level_tag,
        model::WORDS,
        queries::{self, Whole},
        views::{AppealView, MatterView, OneView, OrderForm, ReachView},
    },
    web::{Failure, Page, Site, Submitted, Uploaded, UploadedFile, Visitor, see_other},
};

type Two = (Data<Site>, Data<Shelf>);
type Answer = Result<Either<Page, HttpResponse>, Failure>;

/// A rating before a member of staff.
struct Here {
    seat: Seat,
    edition: Arc<Edition>,
    whole: Whole,
    steps: Vec<Step>,
    words: Option<String>,
    proofs: Vec<(FileId, String)>,
    /// For the agency, while there is something to do.
    hands: Option<Hands>,
}

impl Here {
    async fn new(seat: Seat, (site, shelf): &Two, id: &str) -> Result<Self, Failure> {
        let edition = shelf.edition()?;
        let (id, agencies, ring) = (id_of(id)?, seat.agencies(&edition.catalogue), Arc::clone(&site.keys));
        let (now, branch) = (site.clock.now(), (!seat.above).then(|| seat.at.member.branch()));
        let read = move |c: &mut Conn| {
            let whole = queries::one(c, &agencies, id)?;
            let steps = follow::of_rating(c, &ring, id)?;
            let words = opened(&ring, whole.0.words.as_ref())?;
            let state = whole.1.as_ref().map(FollowUp::state).transpose()?;
            let alive = state.is_some_and(|state| ALIVE.contains(&state.tag()));
            let branch = branch.filter(|_| alive);
            let hands = branch.map(|seat| hands::around(c, now, &seat, (&whole.0.agency, id))).transpose()?;
            Ok::<_, RatingError>((whole, steps, words, (evidence::of(c, id)?, hands)))
        };
        let (whole, steps, words, (proofs, hands)) = site.db.read(read).await?;
        Ok(Self { seat, edition, whole, steps, words, proofs, hands })
    }

    fn id(&self) -> RatingId {
        self.whole.0.id
    }

    fn url(&self) -> String {
        self.seat.url(self.id())
    }

    /// What can be done now.
    fn forms(&self, visitor: &Visitor, site: &Site) -> Vec<OrderForm> {
        orders::forms(visitor.texts(), self.seat.above, site.clock.today(), &self.whole)
    }

    fn view(self, visitor: &Visitor, site: &Site, forms: Vec<OrderForm>) -> Result<OneView, Failure> {
        let (url, list) = (self.url(), self.seat.list());
        let proof = |(id, what): &(FileId, String)| (what.clone(), format!("{url}/evidence/{id}"));
        let evidence = self.proofs.iter().map(proof).collect();
        let present = Presenter::new(visitor.texts(), &self.edition.catalogue);
        let (rating, follow_up, appeal) = &self.whole;
        let follow_up = follow_up.as_ref();
        let t = present.t;
        let me = &self.seat.at.member;
        let hand = self.hands.as_ref().map(|hands| hand_view(t, &site.keys, me, hands)).transpose()?;
        let today = site.clock.today();
        let waits = follow_up.filter(|one| one.due().is_some());
        let state = follow_up.map(FollowUp::state).transpose()?;
        Ok(OneView {
            csrf: visitor.form_token(site)?,
            above: self.seat.above,
            list,
            url,
            name: service_name(present, &rating.service),
            agency: agency_name(present, &rating.agency),
            said: None,
            level: level_tag(rating.level()?),
            first: rating.first()?.map(level_tag),
            tags: tags(present, rating.tags()),
            words: self.words,
            hidden: rating.hidden().into_iter().map(|kind| t.rating_hidden(hidden_tag(kind))).collect(),
            given: city_day(rating.given_at()),
            standing: rating.standing().tag(),
            state: state.map(State::tag),
            contact_by: waits.filter(|one| one.due() == Some(one.contact_by)).map(|one| one.contact_by),
            fix_by: waits.map(|one| one.fix_by),
            provisional: waits.is_some_and(|one| one.provisional),
            late: follow_up.is_some_and(|one| one.is_late(today)),
            verdict: follow_up.and_then(FollowUp::verdict).map(Verdict::tag),
            reply: follow_up.and_then(|one| one.reply.clone()),
            steps: self.steps.into_iter().map(step_line).collect(),
            evidence,
            hand,
            appeal: appeal.as_ref().map(|appeal| appeal_view(&site.keys, appeal)).transpose()?,
            forms,
            reach: None,
            matter: None,
            frame: visitor.frame(),
        })
    }
}

fn opened(ring: &KeyRing, words: Option<&Sealed>) -> Result<Option<String>, RatingError> {
    Ok(words.map(|words| words.open(ring, WORDS)).transpose()?)
}

fn appeal_view(ring: &KeyRing, appeal: &appeal::Appeal) -> Result<AppealView, RatingError> {
    Ok(AppealView {
        fault: appeal.fault().tag(),
        at: local(appeal.asked_at()),
        evidence: appeal.evidence(ring)?,
        ruling: appeal.ruling().map(appeal::Ruling::tag),
        reason: appeal.reason(ring)?,
    })
}

const fn hidden_tag(kind: Hidden) -> &'static str {
    match kind {
        Hidden::Identity => "identity",
        Hidden::CreditCode => "credit-code",
        Hidden::BankCard => "bank-card",
        Hidden::Phone => "phone",
        Hidden::Plate => "plate",
        Hidden::Mail => "mail",
        Hidden::Number => "number",
        Hidden::Name => "name",
    }
}

/// `GET /agency/ratings/{id}`
pub async fn rating(
    visitor: Visitor,
    two: Two,
    id: Path<String>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let seat = Seat::of_agency(&visitor, &two.0).await?;
    shown(&visitor, &two, &id, (seat, &request)).await
}

/// `GET /admin/ratings/{id}`
pub async fn admin_rating(
    visitor: Visitor,
    two: Two,
    id: Path<String>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let seat = Seat::above(&visitor, &two.0).await?;
    shown(&visitor, &two, &id, (seat, &request)).await
}

async fn shown(
    visitor: &Visitor,
    two: &Two,
    id: &str,
    (seat, request): (Seat, &HttpRequest),
) -> Result<Page, Failure> {
    let here = Here::new(seat, two, id).await?;
    let forms = here.forms(visitor, &two.0);
    let mut view = here.view(visitor, &two.0, forms)?;
    view.said = said(visitor.texts(), request);
    Page::new(&view)
}

/// `POST /agency/ratings/{id}`
pub async fn order(visitor: Visitor, two: Two, id: Path<String>, posted: Uploaded) -> Answer {
    let seat = Seat::of_agency(&visitor, &two.0).await?;
    carried_out(&visitor, &two, &id, (seat, posted)).await
}

/// `POST /admin/ratings/{id}`
pub async fn admin_order(visitor: Visitor, two: Two, id: Path<String>, posted: Submitted) -> Answer {
    let seat = Seat::above(&visitor, &two.0).await?;
    carried_out(&visitor, &two, &id, (seat, Uploaded { form: posted, file: None })).await
}

/// The file that came with an order, or in words why it is not taken.
async fn proof(
    visitor: &Visitor,
    site: &Site,
    order: &Order,
    file: Option<UploadedFile>,
) -> Result<Result<Option<Exhibit>, String>, Failure> {
    let Some(file) = file.filter(|_| order.proves().is_some()) else { return Ok(Ok(None)) };
    let folder = evidence::folder(site);
    let kept = alone::keep(folder, site.clock.now(), visitor.texts(), (Takes::All, file.bytes)).await?;
    Ok(kept.map(Some))
}

async fn carried_out(visitor: &Visitor, two: &Two, id: &str, (seat, posted): (Seat, Uploaded)) -> Answer {
    let Uploaded { form: posted, file } = posted;
    let here = Here::new(seat, two, id).await?;
    let (url, forms) = (here.url(), here.forms(visitor, &two.0));
    if !forms.iter().any(|form| form.act == posted.get("act")) {
        return Ok(Either::Right(see_other(&format!("{url}?said=not-now"))));
    }
    let order = match orders::read(visitor.texts(), &posted, forms) {
        Ok(order) => order,
        Err(forms) => {
            let view = here.view(visitor, &two.0, forms)?;
            return Ok(Either::Left(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)));
        }
    };
    let exhibit = match proof(visitor, &two.0, &order, file).await? {
        Ok(exhibit) => exhibit,
        Err(words) => {
            let forms = orders::refused(visitor.texts(), &posted, here.forms(visitor, &two.0), words);
            let view = here.view(visitor, &two.0, forms)?;
            return Ok(Either::Left(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)));
        }
    };
    let (ring, now, staff) = (Arc::clone(&two.0.keys), two.0.clock.now(), here.seat.at.member.id);
    let (edition, above, id, agency) =
        (Arc::clone(&here.edition), here.seat.above, here.id(), here.whole.0.agency.clone());
    let seen = posted.get("seen").parse::<i64>().unwrap_or(-1);
    let done = two.0.db.tx(move |c: &mut Conn| {
        let terms = Terms::of(&edition.catalogue).ok_or(RatingError::NotNow)?;
        let (kit, worker) = ((&*ring, now), Worker { staff, agency: &agency, above });
        let proves = order.proves();
        let done = match order {
            Order::Work(what) => work::work(c, kit, &terms, worker, (id, seen), &what),
            Order::Appeal(fault, evidence) => appeal::ask(c, kit, worker, id, (fault, &evidence)),
            Order::Decide(ruling, reason) => appeal::decide(c, kit, worker, id, (ruling, &reason)),
        };
        done?;
        match (proves, &exhibit) {
            (Some(what), Some(exhibit)) => evidence::put(c, kit, worker, (id, what), exhibit),
            _ => Ok(()),
        }
    });
    let word = match done.await {
        Ok(()) => "done",
        Err(RatingError::NotNow) => "not-now",
        Err(RatingError::Already) => "already",
        Err(RatingError::Over) => "over",
        Err(RatingError::Own) => "own",
        Err(error) => return Err(error.into()),
    };
    Ok(Either::Right(see_other(&format!("{url}?said={word}"))))
}

/// `POST /agency/ratings/{id}/look`: who rated, for whoever says why. It is in that person's record before it is shown.
pub async fn look(visitor: Visitor, two: Two, id: Path<String>, posted: Submitted) -> Answer {
    let seat = Seat::of_agency(&visitor, &two.0).await?;
    looked(&visitor, &two, &id, (seat, &posted), "look").await
}

/// `POST /admin/ratings/{id}/matter`: which matter was rated, for whoever decides about it and says why.
pub async fn matter(visitor: Visitor, two: Two, id: Path<String>, posted: Submitted) -> Answer {
    let seat = Seat::above(&visitor, &two.0).await?;
    looked(&visitor, &two, &id, (seat, &posted), "matter").await
}

/// What is seen of the person behind a rating.
enum Seen {
    Reach(contact::Reach),
    Matter(contact::Which),
}

async fn looked(
    visitor: &Visitor,
    two: &Two,
    id: &str,
    (seat, posted): (Seat, &Submitted),
    act: &'static str,
) -> Answer {
    let here = Here::new(seat, two, id).await?;
    let (url, mut forms) = (here.url(), here.forms(visitor, &two.0));
    let Some(form) = forms.iter_mut().find(|form| form.act == act) else {
        return Ok(Either::Right(see_other(&format!("{url}?said=not-now"))));
    };
    orders::judge(visitor.texts(), posted, form);
    if form.is_wrong() {
        let view = here.view(visitor, &two.0, forms)?;
        return Ok(Either::Left(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)));
    }
    let why = posted.get(&format!("{act}-words")).to_owned();
    let (ring, now, staff) = (Arc::clone(&two.0.keys), two.0.clock.now(), here.seat.at.member.id);
    let (id, agency, above) = (here.id(), here.whole.0.agency.clone(), here.seat.above);
    let find = move |c: &mut Conn| {
        let (by, which) = ((staff, agency.as_str()), (id, why.as_str()));
        if above {
            contact::matter(c, &ring, now, by, which).map(Seen::Matter)
        } else {
            contact::look(c, &ring, now, by, which).map(Seen::Reach)
        }
    };
    let seen = match two.0.db.tx(find).await {
        Err(RatingError::NotNow) => return Ok(Either::Right(see_other(&format!("{url}?said=not-now")))),
        found => found?,
    };
    let forms = here.forms(visitor, &two.0);
    let mut view = here.view(visitor, &two.0, forms)?;
    match seen {
        Seen::Reach(reach) => {
            view.reach = Some(ReachView { name: reach.name, phone: reach.phone, email: reach.email });
        }
        Seen::Matter(found) => {
            let (kind, reference, ended) = (found.kind.tag(), found.reference, found.ended_on);
            view.matter = Some(MatterView { kind, reference, ended });
        }
    }
    Ok(Either::Left(Page::new(&view)?))
}
