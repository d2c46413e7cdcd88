//! The moment of signing in.

use actix_web::HttpResponse;

use crate::{
    accounts::{self, AccountError, Tell, What, masking, staff::breach},
    ledger::{self, CitizenId},
    platform::Moment,
    web::{
        Failure, Site, Visitor, own_path, see_other,
        session::{self, Realm, Signed},
    },
};

/// How somebody proved who they are.
#[derive(Debug, Clone)]
pub struct Entry {
    pub citizen: CitizenId,
    /// `pwd`, `otp` (sent to them), `totp`, `recovery`, `passkey`, or `national`.
    pub methods: Vec<String>,
    /// The way there began with the account itself, so the device cannot be news.
    pub newborn: bool,
    /// What a national provider vouches for, and when the person proved themselves there.
    pub(crate) vouched: Option<(u8, Moment)>,
}

impl Entry {
    pub fn new(citizen: CitizenId, methods: &[&str]) -> Self {
        let methods = methods.iter().map(|method| (*method).to_owned()).collect();
        Self { citizen, methods, newborn: false, vouched: None }
    }

    /// Somebody whom a national provider vouches for: its word is good for a level of its own, also where it
    /// does not say who the person is.
    pub fn national(citizen: CitizenId, level: u8, at: Moment) -> Self {
        Self { vouched: Some((level, at)), ..Self::new(citizen, &["national"]) }
    }

    /// The level that this way of signing in carries.
    fn level(&self, of_account: u8) -> u8 {
        self.vouched.map_or_else(|| level_of(&self.methods, of_account), |(level, _)| level)
    }
}

/// The level that ways of proving who one is carry: one factor proves less than the account may hold.
pub fn level_of(methods: &[String], of_account: u8) -> u8 {
    let has = |method: &str| methods.iter().any(|held| held == method);
    let strong = has("passkey") || methods.len() > 1;
    match (strong, has("pwd")) {
        (true, _) => of_account,
        (false, true) => of_account.min(3),
        (false, false) => of_account.min(2),
    }
}

/// Begins a session, always under a token nobody had before, and leads on to where the person wanted to go.
pub async fn enter(
    site: &Site,
    visitor: &Visitor,
    entry: Entry,
    next: &str,
) -> Result<HttpResponse, Failure> {
    let now = site.clock.now();
    let ring = std::sync::Arc::clone(&site.keys);
    let old = visitor.token(Realm::Citizen).cloned();
    let device = visitor.device().to_owned();
    let known = visitor.knows_device(site, &entry.citizen.to_string());
    let citizen = entry.citizen;
    let before = visitor.session(Realm::Citizen).map(|session| &session.signed);
    let same = before.is_some_and(|signed| signed.subject == citizen.uuid());
    let acting = before.and_then(|signed| signed.acting.clone());
    let proved_at = entry.vouched.map_or(now, |(_, at)| at);
    let token = site
        .db
        .tx(move |c| {
            let account = accounts::citizen(c, entry.citizen)?;
            if !account.is_open() {
                return Err(AccountError::Unknown);
            }
            let warrant = ledger::own(entry.citizen);
            let details = accounts::details(c, &ring, &warrant)?;
            let name = details.name.as_deref().map(masking::name);
            let reach = details.phone.as_deref().map(masking::phone);
            let name = name.or(reach).or_else(|| details.email.as_deref().map(masking::email));
            let signed = Signed {
                realm: Realm::Citizen,
                subject: entry.citizen.uuid(),
                level: entry.level(account.level()),
                methods: entry.methods,
                proved_at,
                name: name.unwrap_or_else(|| "***".to_owned()),
                // Whoever proves once more that it is them goes on with what they were doing.
                acting: acting.filter(|_| same),
                role: None,
            };
            let token = match &old {
                Some(old) => session::begin_anew(c, now, old, &signed, &device)?,
                None => session::begin(c, now, &signed, &device)?.1,
            };
            if !known && !entry.newborn {
                accounts::tell(c, now, &Tell::new(entry.citizen, What::NewDevice, now).on(&device))?;
            }
            Ok(token)
        })
        .await?;
    visitor.hand_out(Realm::Citizen, token);
    visitor.remember_device(site, &citizen.to_string());
    metrics::counter!("yimen_sign_ins_total").increment(1);
    let next = own_path(next).unwrap_or("/me");
    // What somebody must know comes before what they came for.
    if site.db.read(move |c| breach::waits(c, citizen)).await? {
        let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
        return Ok(see_other(&format!("/me/breach?next={next}")));
    }
    Ok(see_other(next))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_factor_carries_no_further_than_it_proves() {
        let level = |methods: &[&str]| level_of(&Entry::new(CitizenId::new(), methods).methods, 4);
        assert_eq!(level(&["otp"]), 2);
        assert_eq!(level(&["pwd"]), 3);
        assert_eq!(level(&["pwd", "totp"]), 4);
        assert_eq!(level(&["passkey"]), 4);
        let national = |level| Entry::national(CitizenId::new(), level, Moment::UNIX_EPOCH).level(2);
        assert_eq!(national(4), 4);
    }
}
