//! What applications hold about people, for the port `PersonalData`.

use diesel::prelude::*;

use super::{
    delivery,
    desk::propose,
    drafts,
    model::{Case, CaseId, DraftId, DraftRow, ProposalId, RoundId, StepId},
    occasion::Occasion,
    papers, results, steps, submit,
};
use crate::{
    db::{
        Conn, Stamp,
        schema::{
            case_deliveries, case_results, case_rounds, case_steps, cases, desk_proposals, desk_work,
            drafts as drafts_table, together, together_parts,
        },
    },
    hand_over, hand_over_plain,
    ledger::{CitizenId, Joining, LedgerError, PersonalData, Private, Record, Value, Warrant},
    platform::{Moment, keys::KeyRing},
};

/// Drafts, cases and what happened to them.
pub struct Applications;

impl PersonalData for Applications {
    fn kind(&self) -> &'static str {
        "applications"
    }

    fn tables(&self) -> &'static [&'static str] {
        &[
            "drafts",
            "together",
            "together_parts",
            "cases",
            "case_steps",
            "case_rounds",
            "case_files",
            "promised_papers",
            "desk_work",
            "desk_proposals",
            "case_results",
            "case_deliveries",
        ]
    }

    fn export(&self, c: &mut Conn, ring: &KeyRing, warrant: &Warrant) -> Result<Vec<Record>, LedgerError> {
        let citizen = warrant.citizen();
        let mut records = Vec::new();
        let begun: Vec<DraftRow> = drafts_table::table
            .filter(drafts_table::citizen_id.eq(citizen))
            .order(drafts_table::id)
            .select(DraftRow::as_select())
            .load(c)?;
        for row in begun {
            let typed = drafts::read(c, ring, &row, warrant).map_err(|_| LedgerError::Sealed)?;
            let typed = serde_json::to_string(&typed).map_err(|_| LedgerError::Sealed)?;
            let occasion = drafts::read_occasion(c, ring, &row, warrant).map_err(|_| LedgerError::Sealed)?;
            let mut record = vec![
                ("service", Value::Text(row.service)),
                ("made-at", Value::At(row.begun_at.moment())),
                ("answers", Value::Text(typed)),
            ];
            record.extend(begun_from(occasion.as_ref())?);
            records.push(record);
        }
        let handed_in: Vec<Case> = cases::table
            .filter(cases::citizen_id.eq(citizen))
            .order(cases::id)
            .select(Case::as_select())
            .load(c)?;
        let replaced: Vec<(CaseId, Stamp, Private)> = case_rounds::table
            .filter(case_rounds::citizen_id.eq(citizen))
            .order(case_rounds::id)
            .select((case_rounds::case_id, case_rounds::replaced_at, case_rounds::answers))
            .load(c)?;
        for case in handed_in {
            for (_, at, before) in replaced.iter().filter(|(of, ..)| *of == case.id) {
                records.push(vec![
                    ("reference", Value::Text(case.reference.clone())),
                    ("at", Value::At(at.moment())),
                    ("answers", Value::Text(warrant.open(c, ring, submit::ANSWERS, before)?)),
                ]);
            }
            let answers = submit::answers(c, ring, &case, warrant).map_err(|_| LedgerError::Sealed)?;
            let steps =
                steps::of_case(c, ring, (citizen, case.id), warrant).map_err(|_| LedgerError::Sealed)?;
            let occasion = submit::occasion(c, ring, &case, warrant).map_err(|_| LedgerError::Sealed)?;
            let mut record = vec![
                ("reference", Value::Text(case.reference)),
                ("service", Value::Text(case.service)),
                ("actor", Value::Text(case.agency)),
                ("state", Value::Tag(case.state)),
                ("made-at", Value::At(case.submitted_at.moment())),
                ("answers", Value::Text(serde_json::Value::Object(answers).to_string())),
            ];
            record.extend(case.district.map(|district| ("place", Value::Text(district))));
            record.extend(begun_from(occasion.as_ref())?);
            records.push(record);
            for step in steps {
                let mut record = vec![("at", Value::At(step.at)), ("done", Value::Tag(step.act))];
                record.extend(step.said.reason.map(|reason| ("reason", Value::Text(reason))));
                records.push(record);
            }
        }
        let together: Vec<(String, Stamp)> = together::table
            .filter(together::citizen_id.eq(citizen))
            .order(together::id)
            .select((together::event, together::begun_at))
            .load(c)?;
        for (event, at) in together {
            records.push(vec![("detail", Value::Text(event)), ("made-at", Value::At(at.moment()))]);
        }
        records.extend(delivery::export(c, ring, warrant)?);
        records.extend(papers::personal::export(c, ring, warrant)?);
        Ok(records)
    }

    /// Drafts go. What was handed in is the agency's file too, which the law keeps; here nothing of it can be opened
    /// any more, because the person's key is destroyed, and what is left says which agency had something to do.
    fn erase(&self, c: &mut Conn, _: Moment, citizen: CitizenId) -> Result<(), LedgerError> {
        papers::personal::erase(c, citizen)?;
        diesel::delete(together_parts::table.filter(together_parts::citizen_id.eq(citizen))).execute(c)?;
        diesel::delete(together::table.filter(together::citizen_id.eq(citizen))).execute(c)?;
        diesel::delete(drafts_table::table.filter(drafts_table::citizen_id.eq(citizen))).execute(c)?;
        diesel::delete(case_steps::table.filter(case_steps::citizen_id.eq(citizen))).execute(c)?;
        diesel::delete(case_rounds::table.filter(case_rounds::citizen_id.eq(citizen))).execute(c)?;
        diesel::delete(desk_proposals::table.filter(desk_proposals::citizen_id.eq(citizen))).execute(c)?;
        diesel::delete(desk_work::table.filter(desk_work::citizen_id.eq(citizen))).execute(c)?;
        diesel::delete(case_deliveries::table.filter(case_deliveries::citizen_id.eq(citizen))).execute(c)?;
        diesel::delete(case_results::table.filter(case_results::citizen_id.eq(citizen))).execute(c)?;
        diesel::delete(cases::table.filter(cases::citizen_id.eq(citizen))).execute(c)?;
        Ok(())
    }

    fn join(&self, c: &mut Conn, joining: &Joining<'_>) -> Result<(), LedgerError> {
        hand_over!(c, joining, drafts_table, DraftId, [typed: drafts::TYPED], [occasion: drafts::OCCASION]);
        hand_over!(c, joining, cases, CaseId, [answers: submit::ANSWERS], [occasion: submit::OCCASION]);
        hand_over!(c, joining, case_steps, StepId, [], [said: steps::SAID]);
        hand_over!(c, joining, case_rounds, RoundId, [answers: submit::ANSWERS]);
        hand_over!(c, joining, desk_proposals, ProposalId, [said: propose::SAID], [remark: propose::REMARK]);
        hand_over!(c, joining, case_results, CaseId, [code: results::CODE]);
        hand_over!(c, joining, case_deliveries, CaseId, [], [address: delivery::ADDRESS, code: delivery::CODE]);
        hand_over_plain!(c, joining, desk_work, together, together_parts);
        papers::personal::join(c, joining)?;
        // Who handed something in for somebody goes on hearing of it.
        let theirs = cases::table.filter(cases::citizen_id.eq_any(joining.concerned()));
        diesel::update(theirs.filter(cases::acting_id.eq(joining.from())))
            .set(cases::acting_id.eq(joining.into))
            .execute(c)?;
        Ok(())
    }
}

/// The record from which something was begun, in the agency's words.
fn begun_from(occasion: Option<&Occasion>) -> Result<Option<(&'static str, Value)>, LedgerError> {
    let Some(occasion) = occasion else { return Ok(None) };
    let text = serde_json::to_string(&occasion.record).map_err(|_| LedgerError::Sealed)?;
    Ok(Some(("detail", Value::Text(text))))
}
