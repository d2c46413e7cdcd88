//! No more mails about something, for whoever reads one: without signing in, with one press (RFC 8058). The address names
//! person and topic, sealed, so that nobody can make one; following it changes nothing, pressing the button does.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use serde::{Deserialize, Serialize};

use super::{
    manners,
    model::{Carrier, Topic},
};
use crate::{
    db::{Conn, DbError},
    ledger::CitizenId,
    platform::keys::KeyRing,
};

const PLACE: &str = "notices.stop";

/// Who wants to hear no more, of what.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Stop {
    pub citizen: CitizenId,
    /// `None`: of everything that may be chosen.
    pub topic: Option<Topic>,
}

impl Stop {
    /// Where it is said, below our own address. Of some things everybody hears.
    pub(super) fn path(self, ring: &KeyRing) -> Option<String> {
        let plain = serde_json::to_vec(&self).ok().filter(|_| self.may_be_chosen())?;
        let sealed = ring.seal(PLACE, &plain).ok()?;
        Some(format!("/notices/stop/{}", BASE64.encode(sealed)))
    }

    pub(super) fn read(ring: &KeyRing, token: &str) -> Option<Self> {
        let plain = ring.open_sealed(PLACE, &BASE64.decode(token).ok()?).ok()?;
        serde_json::from_slice(&plain).ok().filter(Self::may_be_chosen)
    }

    fn may_be_chosen(&self) -> bool {
        self.topic.is_none_or(Topic::may_be_chosen)
    }

    /// The word by which the topic is known to texts.
    pub(super) fn tag(self) -> &'static str {
        self.topic.map_or("all", Topic::tag)
    }

    /// No mail, and nothing in its place that was not asked for.
    pub(super) fn keep(self, c: &mut Conn) -> Result<(), DbError> {
        let manners = manners::of(c, self.citizen)?;
        let meant = |topic: &Topic| topic.may_be_chosen() && self.topic.is_none_or(|only| only == *topic);
        for topic in Topic::ALL.into_iter().filter(meant) {
            manners::refuse(c, self.citizen, (topic, Carrier::Email))?;
            let others = Carrier::ALL.into_iter().filter(|carrier| *carrier != Carrier::Email);
            for carrier in others.filter(|carrier| manners.wants(topic, *carrier) != Some(true)) {
                manners::want(c, self.citizen, (topic, carrier), false)?;
            }
        }
        Ok(())
    }
}
