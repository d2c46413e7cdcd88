//! What an application stands on: the record it was begun from, and what must be so before it is handed in.

use yimen_contract::{
    capability::lookup::Record,
    query::{FactKind, FactLine},
};
use yimen_forms::Draft;

use super::{Here, Opened};
use crate::{
    cases::{
        CaseError,
        checks::{self, Aim, Checked, Verdict},
        drafts,
        occasion::{Finding, Occasion, Standing},
        views::{CheckMark, CheckView, GroundsView, OccasionView},
    },
    catalogue::{
        Catalogue,
        asking::{self, FileLinks, found},
        present::Presenter,
    },
    db::Conn,
    gateway::Gateway,
    web::{Failure, Site, Visitor},
};

pub(super) async fn grounds(
    visitor: &Visitor,
    (site, gateway): (&Site, &Gateway),
    here: &Here,
    opened: &Opened,
) -> Result<GroundsView, Failure> {
    let present = Presenter::new(visitor.texts(), &here.edition.catalogue);
    let checked = checked(gateway, here, (&opened.draft, Aim::Show)).await?;
    let gone = opened.occasion.as_ref().is_some_and(|one| one.standing == Standing::Gone);
    let barred = gone || checked.iter().any(Checked::is_wrong);
    let checks = checked.iter().map(|one| check_view(present, one)).collect();
    Ok(GroundsView { occasion: record(present, site, here, opened), checks, barred })
}

/// The record from which a draft was begun, with its files.
pub(super) fn record(
    present: Presenter<'_>,
    site: &Site,
    here: &Here,
    opened: &Opened,
) -> Option<OccasionView> {
    let occasion = opened.occasion.as_ref()?;
    let party = &here.whose.party;
    let files = FileLinks::of(&site.keys, site.clock.now(), party, &occasion.found_by);
    shown(present, occasion, Some(&files))
}

fn check_view(present: Presenter<'_>, checked: &Checked<'_>) -> CheckView {
    let (mark, said) = match checked.result {
        Verdict::Right => (CheckMark::Right, None),
        Verdict::Wrong(words) => (CheckMark::Wrong, Some(present.text(words))),
        Verdict::Open => (CheckMark::Open, None),
    };
    CheckView { what: present.text(checked.what), mark, said }
}

async fn checked<'h>(
    gateway: &Gateway,
    here: &'h Here,
    (draft, aim): (&Draft, Aim),
) -> Result<Vec<Checked<'h>>, Failure> {
    let typed = |name: &str| Some(draft.text(name)).filter(|text| !text.is_empty()).map(Into::into);
    let catalogue: &Catalogue = &here.edition.catalogue;
    Ok(checks::look((gateway, catalogue), (&here.whose, aim), here.service()?, typed).await?)
}

/// The record as it was shown, in the words of the service that found it; with its files, until it is handed in.
pub(super) fn shown(
    present: Presenter<'_>,
    occasion: &Occasion,
    files: Option<&FileLinks<'_>>,
) -> Option<OccasionView> {
    let entry = present.catalogue.service(&occasion.found_by)?;
    let query = asking::query_of(&entry.service)?;
    // What can be done about it is being done.
    let mut record = Record { next: None, ..occasion.record.clone() };
    if files.is_none() {
        // It was handed in: how it stood at the agency before that is over, and a file's number is no file.
        record.state = None;
        let of_file = |line: &&FactLine| matches!(line.kind, FactKind::File | FactKind::Picture);
        for line in query.facts.iter().filter(of_file) {
            record.facts.remove(&line.key);
        }
    }
    Some(OccasionView {
        name: present.text(&query.record),
        record: found::record(present, query, &record, files),
        standing: occasion.standing,
    })
}

/// Whether what it stands on still holds, asked at this moment. Where it does not, the draft says so from now on, and
/// what was agreed to is to be agreed to anew.
pub(super) async fn hold(
    (site, gateway): (&Site, &Gateway),
    here: &Here,
    opened: &Opened,
) -> Result<bool, Failure> {
    if let Some(occasion) = &opened.occasion {
        let finding = Finding { gateway, catalogue: &here.edition.catalogue, whose: &here.whose };
        let now = finding.now(occasion, &here.code).await?;
        if let Some(now) = now.filter(|now| now.standing != Standing::AsShown) {
            say_so(site, opened, now).await?;
            return Ok(false);
        }
    }
    Ok(!checked(gateway, here, (&opened.draft, Aim::Hold)).await?.iter().any(Checked::is_wrong))
}

async fn say_so(site: &Site, opened: &Opened, occasion: Occasion) -> Result<(), Failure> {
    let (row, version, mut draft) = (opened.row.clone(), opened.version, opened.draft.clone());
    for (name, value) in occasion.answers(&opened.form) {
        draft.fix(&opened.form, &name, &value);
    }
    draft.unconfirm(&opened.form);
    let (ring, now) = (site.keys.clone(), site.clock.now());
    let keep = move |c: &mut Conn| {
        drafts::save(c, &ring, now, &row, (version, &draft))?;
        drafts::keep_occasion(c, &ring, (row.citizen_id, row.id), &occasion)
    };
    site.db.tx(keep).await.map_err(|error: CaseError| error.into())
}
