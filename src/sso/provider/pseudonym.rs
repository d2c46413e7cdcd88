//! The names by which sites know people and their sessions: another one for each sector, so that two agencies
//! cannot compare their lists, always the same one for the same sector, and telling nothing of the person.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::{
    agencies::clients::ClientId, ledger::CitizenId, platform::keys::KeyRing, web::session::SessionId,
};

/// The person as a sector knows them (`sub`).
pub(in crate::sso) fn subject(ring: &KeyRing, sector: &str, citizen: CitizenId) -> String {
    URL_SAFE_NO_PAD.encode(ring.lookup("oidc.sub", format!("{sector}\n{citizen}").as_bytes()))
}

/// The portal's session as a site knows it (`sid`). Another site's name for it is another.
pub(super) fn session(ring: &KeyRing, client: ClientId, session: SessionId) -> String {
    let digest = ring.lookup("oidc.sid", format!("{client}\n{session}").as_bytes());
    URL_SAFE_NO_PAD.encode(&digest[..18])
}
