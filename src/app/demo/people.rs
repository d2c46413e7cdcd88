//! The demo city's people in the portal: accounts made as the portal makes them, once, by the rooms' own functions.

use futures_util::future::try_join_all;
use yimen_sandbox::{Cast, Citizen, Person, Staff};

use super::notebook::Notebook;
use crate::{
    accounts::{
        self, AccountError, Email, IdentityNumber, Newcomer, PersonName, Phone, Reach,
        acting::{self, ActingError},
        password,
        staff::{self, Branch, Invitation, Role, StaffError},
    },
    app::{Portal, commands::Outcome},
    db::{Conn, DbError},
    ledger::{CitizenId, StaffId},
    platform::{Lang, Moment, keys::KeyRing},
};

/// What members of staff write down as the reason where they look at a claim.
const SEEN: &str = "演示数据：柜台核对了户口簿和营业执照";

/// From this level on, name and number were compared with the register.
const VERIFIED: u8 = 3;

/// Somebody to sign in as.
pub(super) struct Told {
    pub(super) name: String,
    pub(super) login: String,
    pub(super) password: String,
    pub(super) purpose: &'static str,
}

/// Everyone who can sign in.
pub(super) struct Everyone {
    pub(super) citizens: Vec<Told>,
    pub(super) staff: Vec<Told>,
}

#[derive(Debug, thiserror::Error)]
enum SettleError {
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

/// Someone with the hash of their password; without one they are here already.
struct Newly<T> {
    who: T,
    hash: String,
}

/// Has everyone of the cast have their account. Those who have one keep it as it is.
pub(super) async fn settle(
    portal: &Portal,
    cast: &Cast,
    notebook: &mut Notebook,
) -> Result<Everyone, Outcome> {
    let mut everyone = Everyone { citizens: Vec::new(), staff: Vec::new() };
    for citizen in &cast.citizens {
        let login = citizen.person.phone.clone();
        let password = notebook.password(&login)?;
        let name = citizen.person.name.clone();
        everyone.citizens.push(Told { name, login, password, purpose: citizen.purpose });
    }
    let mut apps = Vec::new();
    for staff in &cast.staff {
        let password = notebook.password(&staff.login)?;
        apps.push(notebook.app(&staff.login)?);
        let (name, login) = (staff.name.clone(), staff.login.clone());
        everyone.staff.push(Told { name, login, password, purpose: staff.purpose });
    }
    // Written down before anybody has them: a password nobody knows would lock the account for good.
    notebook.save()?;
    let passwords = |told: &[Told]| told.iter().map(|it| it.password.clone()).collect();
    let citizens = newly(portal, &cast.citizens, passwords(&everyone.citizens), is_here).await?;
    let staff: Vec<(Staff, String)> = cast.staff.iter().cloned().zip(apps).collect();
    let staff = newly(portal, &staff, passwords(&everyone.staff), works_here).await?;
    if citizens.is_empty() && staff.is_empty() {
        return Ok(everyone);
    }
    let (ring, now, register) = (portal.site.keys.clone(), portal.site.clock.now(), cast.register.clone());
    let settled = portal.site.db.tx(move |c| move_in(c, &ring, now, &citizens, &staff, &register)).await;
    settled.map_err(|error: SettleError| Outcome::unavailable(error))?;
    Ok(everyone)
}

/// Members of staff with the secrets of their authenticator apps.
pub(super) fn apps<'a>(cast: &'a Cast, notebook: &mut Notebook) -> Result<Vec<(&'a Staff, String)>, Outcome> {
    cast.staff.iter().map(|member| Ok((member, notebook.app(&member.login)?))).collect()
}

/// Those who are not here yet, with their passwords hashed: that takes its time, and so is done for them alone.
async fn newly<T: Clone + Send + 'static>(
    portal: &Portal,
    all: &[T],
    passwords: Vec<String>,
    here: fn(&mut Conn, &KeyRing, &T) -> Result<bool, SettleError>,
) -> Result<Vec<Newly<T>>, Outcome> {
    let (ring, asked) = (portal.site.keys.clone(), all.to_vec());
    let present = portal
        .site
        .db
        .read(move |c| asked.iter().map(|who| here(c, &ring, who)).collect::<Result<Vec<bool>, _>>())
        .await
        .map_err(Outcome::unavailable)?;
    let missing = all.iter().cloned().zip(passwords).zip(present).filter(|(_, here)| !here);
    let hashing = missing.map(async |((who, password), _)| {
        let hash = password::hash(password).await.map_err(Outcome::unavailable)?;
        Ok(Newly { who, hash })
    });
    try_join_all(hashing).await
}

fn is_here(c: &mut Conn, ring: &KeyRing, citizen: &Citizen) -> Result<bool, SettleError> {
    Ok(accounts::by_reach(c, ring, &phone(&citizen.person)?)?.is_some())
}

fn works_here(c: &mut Conn, _: &KeyRing, (staff, _): &(Staff, String)) -> Result<bool, SettleError> {
    Ok(staff::entry::password_of(c, &staff.login)?.is_some())
}

fn phone(person: &Person) -> Result<Reach, SettleError> {
    Phone::parse(&person.phone).map(Reach::Phone).map_err(|_| SettleError::Refused("a telephone number"))
}

fn named(name: &str) -> Result<PersonName, SettleError> {
    PersonName::parse(name).map_err(|_| SettleError::Refused("a name"))
}

fn numbered(number: &str) -> Result<IdentityNumber, SettleError> {
    IdentityNumber::parse(number).map_err(|_| SettleError::Refused("an identity number"))
}

/// All or nobody: half a city would be harder to understand than none.
fn move_in(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    citizens: &[Newly<Citizen>],
    staff: &[Newly<(Staff, String)>],
    register: &[Person],
) -> Result<(), SettleError> {
    let mut officer = None;
    for newly in staff {
        let id = employ(c, ring, now, newly)?;
        if newly.who.0.role == "officer" {
            officer = Some(id);
        }
    }
    for newly in citizens {
        let id = register_one(c, ring, now, newly)?;
        // Claims are seen by an officer, as anybody's are.
        if let Some(officer) = officer {
            claim(c, ring, now, id, officer, &newly.who, register)?;
        }
    }
    Ok(())
}

fn register_one(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    newly: &Newly<Citizen>,
) -> Result<CitizenId, SettleError> {
    let citizen = &newly.who;
    let person = &citizen.person;
    let name = named(&person.name)?;
    let newcomer = Newcomer {
        name: Some(name.clone()),
        reach: Some(phone(person)?),
        password_hash: Some(newly.hash.clone()),
        language: Lang::Zh,
    };
    let id = accounts::register(c, ring, now, &newcomer)?;
    let email = Email::parse(&person.email).map_err(|_| SettleError::Refused("a mail address"))?;
    accounts::add_contact(c, ring, now, id, &Reach::Email(email))?;
    if citizen.level >= VERIFIED {
        let number = numbered(&person.identity_number)?;
        accounts::claim_identity(c, ring, now, id, &name, &number, citizen.level)?;
    }
    Ok(id)
}

/// A parent's child and an owner's company.
fn claim(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    who: CitizenId,
    officer: StaffId,
    citizen: &Citizen,
    register: &[Person],
) -> Result<(), SettleError> {
    let child =
        citizen.child.as_ref().and_then(|number| register.iter().find(|it| it.identity_number == *number));
    if let Some(child) = child {
        let (name, number) = (named(&child.name)?, numbered(&child.identity_number)?);
        let claim = acting::claim_child(c, ring, now, who, &name, &number, SEEN)?;
        acting::confirm_child(c, ring, now, officer, claim, SEEN)?;
    }
    if let Some(company) = &citizen.company {
        let claim = acting::claim_company(c, ring, now, who, &company.credit_code, &company.name, SEEN)?;
        acting::confirm_company(c, ring, now, officer, claim, SEEN)?;
    }
    Ok(())
}

fn employ(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    newly: &Newly<(Staff, String)>,
) -> Result<StaffId, SettleError> {
    let (member, app) = &newly.who;
    let branch = member.branch.map_or(Some(Branch::city()), Branch::parse);
    let branch = branch.ok_or(SettleError::Refused("a branch"))?;
    for (part, name) in [(branch.parent(), None), (Some(branch.clone()), member.branch)] {
        if let Some(part) = part {
            staff::add_branch(c, now, &part, name.unwrap_or(part.as_str()))?;
        }
    }
    let invitation = Invitation {
        login: member.login.clone(),
        name: member.name.clone(),
        role: Role::named(member.role).ok_or(SettleError::Refused("a role"))?,
        branch,
        ends_at: None,
    };
    let (id, word) = staff::invite(c, ring, now, None, &invitation)?;
    staff::join(c, ring, now, &word, &newly.hash, app, 0)?;
    Ok(id)
}
