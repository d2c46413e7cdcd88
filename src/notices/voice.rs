//! Telling people what becomes of what they asked or reported: once for each change.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::{
    courier::Courier,
    matter::Matter,
    news::{News, Unreachable},
    say::say,
};
use crate::{
    db::Conn,
    jobs::{Done, Failure, Job, Priority, Running},
    ledger::CitizenId,
    platform::{Texts, named},
};

/// An order stands differently. Whoever enqueues it does so in the transaction that changes the order. Neither what it is about
/// nor who deals with it is said: a message lies on a locked screen.
#[derive(Debug, Serialize, Deserialize)]
pub struct VoiceNews {
    pub citizen: CitizenId,
    pub number: String,
    pub kind: String,
    pub state: String,
}

impl Job for VoiceNews {
    const KIND: &'static str = "notices.voice";
    const PRIORITY: Priority = Priority::Normal;
    const BUDGET: TimeDelta = TimeDelta::days(2);
}

/// What a notice of it says. Kept among others of which it is told by the names of its fields.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct VoiceTold {
    #[serde(rename = "voice_number")]
    number: String,
    #[serde(rename = "voice_kind")]
    kind: String,
    #[serde(rename = "voice_state")]
    state: String,
}

/// Runs [`VoiceNews`].
pub async fn voice_changed(courier: Courier, job: VoiceNews, running: Running) -> Result<Done, Failure> {
    running.finish(move |c| tell(c, &courier, job)).await
}

fn tell(c: &mut Conn, courier: &Courier, job: VoiceNews) -> Result<(), Unreachable> {
    let VoiceNews { citizen, number, kind, state } = job;
    say(c, courier, citizen, &News::Voice(VoiceTold { number, kind, state }))
}

/// What a notice says, whichever way it goes.
pub(super) fn matter(t: Texts, told: &VoiceTold) -> Matter {
    let state = t.voice_state(&told.state);
    let subject = t.mail_voice_subject(named::Kind(t.voice_kind(&told.kind)), named::State(state.as_str()));
    let lead = t.mail_voice_lead(
        named::Kind(t.voice_kind(&told.kind)),
        named::Number(told.number.as_str()),
        named::State(state.as_str()),
    );
    Matter::new(subject, lead, format!("/me/voice/{}", told.number))
}
