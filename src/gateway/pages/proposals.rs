//! Deciding about a grave sanction that another administrator proposed.

use actix_web::{
    Either,
    http::StatusCode,
    web::{Data, Path},
};

use super::{Answer, administrator, sanctions::failure};
use crate::{
    accounts::staff::record,
    agencies::pages::Reader,
    db::Conn,
    gateway::{
        grave::{self, Proposal, ProposalId},
        sanctions::SanctionError,
        views::{ProposalView, grade_about, grade_name, local},
    },
    web::{Failure, Page, Site, Submitted, Visitor, frame::Field, see_other},
};

/// In letters.
const REASON: usize = 500;

/// Where one is decided.
pub(super) fn url_of(proposal: &Proposal) -> String {
    format!("/admin/agencies/{}/sanctions/{}/decide", proposal.agency, proposal.id)
}

async fn view(
    visitor: &Visitor,
    site: &Site,
    reader: &Reader,
    (slug, id): (&str, ProposalId),
) -> Result<ProposalView, Failure> {
    let asked = slug.to_owned();
    let read = move |c: &mut Conn| grave::waiting_of(c, &asked);
    let found = site.db.read(read).await?.filter(|one| one.id == id).ok_or(Failure::NotFound)?;
    let (t, grade) = (visitor.texts(), found.grade());
    let why = Field::new("words", t.rule_refusal()).hint(t.rule_refusal_hint());
    Ok(ProposalView {
        csrf: visitor.form_token(site)?,
        url: url_of(&found),
        grade: grade_name(t, grade),
        about: grade_about(t, grade),
        at: local(found.proposed_at()),
        own: found.is_by(&reader.member.login),
        slug: found.agency,
        reason: found.reason,
        at_once: found.at_once,
        days: found.days,
        by: found.proposed_by,
        why: Field { required: true, ..why },
        frame: visitor.frame(),
    })
}

/// `GET /admin/agencies/{slug}/sanctions/{id}/decide`
pub async fn proposal_page(
    visitor: Visitor,
    site: Data<Site>,
    at: Path<(String, String)>,
) -> Result<Page, Failure> {
    let (slug, id) = at.into_inner();
    let (reader, slug) = administrator(&visitor, &site, &slug).await?;
    let id: ProposalId = id.parse().map_err(|_| Failure::NotFound)?;
    Page::new(&view(&visitor, &site, &reader, (&slug, id)).await?)
}

/// `POST /admin/agencies/{slug}/sanctions/{id}/decide`
pub async fn decide_proposal(
    visitor: Visitor,
    site: Data<Site>,
    at: Path<(String, String)>,
    sent: Submitted,
) -> Answer {
    let (slug, id) = at.into_inner();
    let (reader, slug) = administrator(&visitor, &site, &slug).await?;
    let id: ProposalId = id.parse().map_err(|_| Failure::NotFound)?;
    let (act, word) = match sent.get("act") {
        "impose" => ("sanction-imposed", "sanction"),
        "refuse" => ("sanction-refused", "sanction-refused"),
        "take-back" => ("sanction-withdrawn", "sanction-withdrawn"),
        _ => return Err(Failure::BadRequest),
    };
    let words = sent.get("words").trim().to_owned();
    if act == "sanction-refused" && !(1..=REASON).contains(&words.chars().count()) {
        let mut view = view(&visitor, &site, &reader, (&slug, id)).await?;
        view.why = view.why.value(words).error(visitor.texts().rule_wrong_reason(REASON));
        return Ok(Either::Right(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)));
    }
    let (now, by, staff, agency) = (site.clock.now(), reader.by(), reader.member.id, slug.clone());
    let decide = move |c: &mut Conn| {
        let this = (agency.as_str(), id);
        let grade = match act {
            "sanction-imposed" => grave::impose(c, now, this, &by)?,
            "sanction-refused" => grave::refuse(c, now, this, &words, &by)?,
            _ => grave::take_back(c, now, this, &by)?,
        };
        let detail = format!("{agency}: {}", grade.tag());
        record(c, now, Some(staff), staff, act, &detail)?;
        Ok::<_, SanctionError>(())
    };
    let said = match site.db.tx(decide).await {
        Ok(()) => word,
        Err(SanctionError::Decided) => "sanction-decided",
        Err(SanctionError::Own) => "sanction-own",
        // Things changed since it was proposed: it has to be proposed anew.
        Err(SanctionError::LeavesOut | SanctionError::NotHeavier) => "sanction-stale",
        Err(error) => return Err(failure(error)),
    };
    Ok(Either::Left(see_other(&format!("/admin/agencies/{slug}/health?said={said}"))))
}
