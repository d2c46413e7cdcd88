//! The pages of applications.

mod case;
mod correct;
mod decision;
mod delivery;
pub mod desk;
mod fill;
mod grounds;
mod imposed;
pub(crate) mod list;
pub(crate) mod review;
mod start;
mod together;
mod told;

pub use super::papers::{
    api::file as agency_file,
    pages::{add as add_paper, change as change_papers, draft_file, go_on as papers_done, papers},
};
pub use case::{case, case_file, withdraw};
pub use correct::{correct, correct_page};
pub use decision::{decision, decision_file};
pub use delivery::{choose as choose_delivery, form as delivery_form};
pub use fill::{fill, go_on, page};
pub use list::cases;
pub use review::{discard, review, submit};
pub use start::{begin, start};
pub use together::{
    begin as begin_together, choose as choose_together, hand_in as hand_in_together, show as together,
};

use std::sync::Arc;

use yimen_contract::service::Service;
use yimen_forms::{Draft, Filled, Form};

use super::{
    CaseError, DraftId, DraftRow, Forms, Whose, drafts,
    occasion::Occasion,
    papers::{self, Places},
    together::TogetherId,
};
use crate::{
    agencies::VersionId,
    catalogue::{Edition, ServiceEntry, Shelf, asking},
    db::Conn,
    web::{Failure, Site, Visitor},
};

/// A service that takes applications here, and whose matter it is.
pub(crate) struct Here {
    pub(crate) edition: Arc<Edition>,
    pub(crate) whose: Whose,
    pub(crate) code: String,
}

impl Here {
    /// Whoever may not do this for whom they act for is refused: the first page has told them why.
    pub(crate) async fn new(
        visitor: &Visitor,
        site: &Site,
        shelf: &Shelf,
        code: &str,
    ) -> Result<Self, Failure> {
        let edition = shelf.edition()?;
        let entry = edition.catalogue.service(code).ok_or(Failure::NotFound)?;
        asking::filled_of(&entry.service).ok_or(Failure::NotFound)?;
        let party = asking::party(visitor, site, &entry.service).await?.map_err(|_| Failure::Refused)?;
        let (party, level) = party.ok_or(Failure::Refused)?;
        let whose = Whose { party, level };
        Ok(Self { edition, whose, code: code.to_owned() })
    }

    pub(crate) fn entry(&self) -> Result<&ServiceEntry, Failure> {
        self.edition.catalogue.service_for(&self.code, self.whose.owner()).ok_or(Failure::NotFound)
    }

    pub(crate) fn service(&self) -> Result<&Service, Failure> {
        Ok(&self.entry()?.service)
    }

    pub(crate) fn agency(&self) -> Result<&str, Failure> {
        Ok(&self.edition.catalogue.agency_of(self.entry()?).slug)
    }

    /// The form as it is now for whose matter it is, and its version.
    pub(crate) async fn form(
        &self,
        site: &Site,
        forms: &Forms,
        path: &str,
    ) -> Result<(VersionId, Arc<Form>), Failure> {
        let of = (&*self.edition.catalogue, self.entry()?);
        Ok(forms.current(&site.db, of, path, self.whose.owner()).await?)
    }

    /// A draft, in the form as it is now. One of an earlier version is taken over, with all that was typed.
    pub(crate) async fn opened(&self, site: &Site, forms: &Forms, draft: &str) -> Result<Opened, Failure> {
        let id: DraftId = draft.parse().map_err(|_| Failure::NotFound)?;
        let (whose, ring) = (self.whose.clone(), site.keys.clone());
        let read = move |c: &mut Conn| {
            let row = drafts::find(c, &whose, id)?;
            let draft = drafts::open(c, &ring, &row)?;
            let occasion = drafts::occasion(c, &ring, &row)?;
            let together = crate::cases::together::of_draft(c, row.citizen_id, row.id)?;
            Ok::<_, CaseError>((row, draft, occasion, together))
        };
        let (mut row, mut draft, occasion, together) = site.db.read(read).await?;
        if row.service != self.code {
            return Err(Failure::NotFound);
        }
        let path = asking::filled_of(self.service()?).ok_or(Failure::NotFound)?;
        let (version, form) = self.form(site, forms, path).await?;
        let (mut changed, mut asked_anew) = (false, false);
        if row.version != version {
            let old = forms.of(&site.db, row.version, &row.form).await?;
            let carried = form.carry(&old, &draft, site.clock.today());
            asked_anew = !carried.look_again.is_empty();
            changed = asked_anew || !carried.set_aside.is_empty();
            draft = carried.draft;
            // From now on it is a draft of this version: kept, handed in and read again by its form.
            row.version = version;
            path.clone_into(&mut row.form);
        }
        let papers = papers::places::demanded(self.service()?);
        Ok(Opened { row, version, form, draft, occasion, together, papers, changed, asked_anew })
    }

    /// Of a draft: going on with it.
    pub(crate) fn address(&self, draft: DraftId) -> String {
        format!("/services/{}/apply/{draft}", self.code)
    }

    pub(crate) fn page(&self, draft: DraftId, page: &str) -> String {
        format!("{}/pages/{page}", self.address(draft))
    }

    pub(crate) fn review(&self, draft: DraftId) -> String {
        format!("{}/review", self.address(draft))
    }

    /// The step in which papers are handed in.
    pub(in crate::cases) fn papers(&self, draft: DraftId) -> String {
        format!("{}/papers", self.address(draft))
    }

    /// What comes when the form is filled in: its papers, or the summary where there are none.
    fn after_form(&self, opened: &Opened, filled: &Filled<'_, '_>) -> Result<String, Failure> {
        let none = Places::of(self.service()?, &opened.form, filled).is_empty();
        Ok(if none { self.review(opened.row.id) } else { self.papers(opened.row.id) })
    }
}

/// A draft with its form.
pub(crate) struct Opened {
    pub(crate) row: DraftRow,
    pub(crate) version: VersionId,
    pub(crate) form: Arc<Form>,
    pub(crate) draft: Draft,
    /// The record from which it was begun.
    pub(crate) occasion: Option<Occasion>,
    /// Of what it is a part.
    together: Option<TogetherId>,
    /// Whether papers must be handed in with it.
    papers: bool,
    /// Whether questions changed or fell away since it was saved: its pages say so.
    pub(crate) changed: bool,
    /// Whether something that was answered is asked otherwise by now: nobody hands that in unseen.
    pub(crate) asked_anew: bool,
}

impl Opened {
    /// Whether it is so short that it is handed in where it is filled in: one page about a record that stands above it.
    fn is_short(&self) -> bool {
        self.occasion.is_some() && self.form.pages.len() == 1 && !self.papers
    }

    /// What stands on the record is not theirs to change.
    fn put_record(&mut self) {
        let Some(occasion) = &self.occasion else { return };
        for (name, value) in occasion.answers(&self.form) {
            self.draft.fix(&self.form, &name, &value);
        }
    }
}
