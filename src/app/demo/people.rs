//! The demo city's people in the portal: accounts made as the portal makes them, once, by the rooms' own functions.

use futures_util::future::try_join_all;
use yimen_sandbox::{Cast, Citizen, Person, Staff};

use super::{moving::move_in, notebook::Notebook};
use crate::{
    accounts::{
        self, AccountError, IdentityNumber, PersonName, Phone, Reach,
        acting::ActingError,
        credentials, password,
        staff::{self, StaffError},
    },
    app::{Portal, commands::Outcome},
    db::{Conn, DbError},
    platform::keys::KeyRing,
};

/// Somebody to sign in as.
pub(super) struct Told {
    pub(super) name: String,
    pub(super) login: String,
    /// `None`: they changed it themselves, so nobody else knows it.
    pub(super) password: Option<String>,
    pub(super) purpose: &'static str,
}

/// Everyone who can sign in, and somebody who cannot yet.
pub(super) struct Everyone {
    pub(super) citizens: Vec<Told>,
    pub(super) staff: Vec<Told>,
    /// Some were here already, and their passwords were not written down any more: they have others now.
    pub(super) renewed: bool,
    /// A grown person whom the register knows and nobody here is: for registering and being verified.
    pub(super) newcomer: Option<Person>,
}

#[derive(Debug, thiserror::Error)]
pub(super) enum SettleError {
    #[error(transparent)]
    Account(#[from] AccountError),
    #[error(transparent)]
    Acting(#[from] ActingError),
    #[error(transparent)]
    Staff(#[from] StaffError),
    #[error(transparent)]
    Db(#[from] DbError),
    #[error("{0} is not what the portal takes")]
    Refused(&'static str),
}

/// How somebody of the cast is found in the portal.
enum Found {
    Nowhere,
    /// With what is kept of their password.
    Here(Option<String>),
    /// They were here, and somebody ended the account.
    Gone,
}

/// Someone with the hash of a new password, who is to get an account or only the password.
pub(super) struct Newly<T> {
    pub(super) who: T,
    pub(super) hash: String,
    pub(super) here: bool,
}

/// Has everyone of the cast have their account. Those who have one keep it as it is, with another password if
/// theirs was not written down.
pub(super) async fn settle(
    portal: &Portal,
    cast: &Cast,
    notebook: &mut Notebook,
) -> Result<Everyone, Outcome> {
    let login = |citizen: &Citizen| citizen.person.phone.clone();
    let told = |citizen: &Citizen| (citizen.person.name.clone(), citizen.purpose);
    let (citizens, new_citizens) =
        look_up(portal, notebook, &cast.citizens, (login, told), citizen_here).await?;
    let login = |(staff, _): &(Staff, String)| staff.login.clone();
    let told = |(staff, _): &(Staff, String)| (staff.name.clone(), staff.purpose);
    let mut employed = Vec::new();
    for staff in &cast.staff {
        employed.push((staff.clone(), notebook.app(&staff.login)?));
    }
    let (staff, new_staff) = look_up(portal, notebook, &employed, (login, told), works_here).await?;
    let renewed = new_citizens.iter().any(|it| it.here) || new_staff.iter().any(|it| it.here);
    if !(new_citizens.is_empty() && new_staff.is_empty()) {
        let (ring, now) = (portal.site.keys.clone(), portal.site.clock.now());
        let register = cast.register.clone();
        let settled =
            portal.site.db.tx(move |c| move_in(c, &ring, now, &new_citizens, &new_staff, &register)).await;
        settled.map_err(|error: SettleError| Outcome::unavailable(error))?;
        // After they have them: a password that is not written down is replaced at the next start, and one that
        // is written down and is not theirs would be believed for good.
        notebook.save()?;
    }
    let newcomer = somebody_new(portal, cast).await?;
    Ok(Everyone { citizens, staff, renewed, newcomer })
}

/// Who of these can sign in and with what, and who needs a password for it, hashed: that takes its time, and so
/// is done for them alone.
async fn look_up<T: Clone + Send + 'static>(
    portal: &Portal,
    notebook: &mut Notebook,
    all: &[T],
    (login, told): (impl Fn(&T) -> String, impl Fn(&T) -> (String, &'static str)),
    find: fn(&mut Conn, &KeyRing, &T) -> Result<Found, SettleError>,
) -> Result<(Vec<Told>, Vec<Newly<T>>), Outcome> {
    let (ring, asked) = (portal.site.keys.clone(), all.to_vec());
    let found = portal
        .site
        .db
        .read(move |c| asked.iter().map(|who| find(c, &ring, who)).collect::<Result<Vec<_>, _>>())
        .await
        .map_err(Outcome::unavailable)?;
    let (mut signing_in, mut missing) = (Vec::new(), Vec::new());
    for (who, found) in all.iter().zip(found) {
        let (login, (name, purpose)) = (login(who), told(who));
        let known = notebook.knows(&login);
        let (needed, theirs) = match &found {
            Found::Gone => continue,
            Found::Here(Some(hash)) if known => (false, notebook.agrees(&login, hash)),
            // Somebody who did away with their password has a passkey instead.
            Found::Here(None) if known => (false, false),
            Found::Nowhere | Found::Here(_) => (true, true),
        };
        let password = notebook.password(&login)?;
        if needed {
            missing.push((who.clone(), login.clone(), password.clone(), matches!(found, Found::Here(_))));
        }
        signing_in.push(Told { name, login, password: theirs.then_some(password), purpose });
    }
    let hashing = missing.into_iter().map(async |(who, login, password, here)| {
        let hash = password::hash(password).await.map_err(Outcome::unavailable)?;
        Ok::<_, Outcome>((login, Newly { who, hash, here }))
    });
    let mut newly = Vec::new();
    for (login, one) in try_join_all(hashing).await? {
        notebook.note(&login, &one.hash);
        newly.push(one);
    }
    Ok((signing_in, newly))
}

/// Somebody grown up and alive whose number nobody here has proved and whose telephone opens no account.
async fn somebody_new(portal: &Portal, cast: &Cast) -> Result<Option<Person>, Outcome> {
    let (ring, today) = (portal.site.keys.clone(), portal.site.clock.today());
    let candidates: Vec<Person> = cast.strangers(today).cloned().collect();
    let found = portal.site.db.read(move |c| {
        for person in candidates {
            let number = numbered(&person.identity_number)?;
            let taken = accounts::holder_of(c, &ring, &number)?.is_some()
                || accounts::by_reach(c, &ring, &phone(&person)?)?.is_some();
            if !taken {
                return Ok(Some(person));
            }
        }
        Ok(None)
    });
    found.await.map_err(|error: SettleError| Outcome::unavailable(error))
}

/// Members of staff with the secrets of their authenticator apps.
pub(super) fn apps<'a>(cast: &'a Cast, notebook: &mut Notebook) -> Result<Vec<(&'a Staff, String)>, Outcome> {
    cast.staff.iter().map(|member| Ok((member, notebook.app(&member.login)?))).collect()
}

fn citizen_here(c: &mut Conn, ring: &KeyRing, citizen: &Citizen) -> Result<Found, SettleError> {
    let Some(account) = accounts::by_reach(c, ring, &phone(&citizen.person)?)? else {
        return Ok(Found::Nowhere);
    };
    if !account.is_open() {
        return Ok(Found::Gone);
    }
    Ok(Found::Here(credentials::password_of(c, ring, account.id)?))
}

fn works_here(c: &mut Conn, _: &KeyRing, (staff, _): &(Staff, String)) -> Result<Found, SettleError> {
    Ok(match staff::by_login(c, &staff.login)? {
        None => Found::Nowhere,
        Some(member) if member.state == "active" => Found::Here(staff::entry::password_of(c, &staff.login)?),
        Some(_) => Found::Gone,
    })
}

pub(super) fn phone(person: &Person) -> Result<Reach, SettleError> {
    Phone::parse(&person.phone).map(Reach::Phone).map_err(|_| SettleError::Refused("a telephone number"))
}

pub(super) fn named(name: &str) -> Result<PersonName, SettleError> {
    PersonName::parse(name).map_err(|_| SettleError::Refused("a name"))
}

pub(super) fn numbered(number: &str) -> Result<IdentityNumber, SettleError> {
    IdentityNumber::parse(number).map_err(|_| SettleError::Refused("an identity number"))
}
