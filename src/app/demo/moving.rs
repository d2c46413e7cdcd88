//! Moving in: accounts and claims, made as the portal makes them, in one transaction.

use yimen_sandbox::{Citizen, Person, Staff};

use super::{
    asking,
    people::{Newly, SettleError, named, numbered, phone},
};
use crate::{
    accounts::{
        self, AccountError, Email, Newcomer, Reach, acting, credentials,
        staff::{self, Branch, Invitation, Role, StaffError},
    },
    db::Conn,
    ledger::{CitizenId, StaffId},
    platform::{Lang, Moment, keys::KeyRing},
    web::session::{self, Realm},
};

/// What members of staff write down as the reason where they look at a claim.
const SEEN: &str = "演示数据：柜台核对了户口簿和营业执照";

/// From this level on, name and number were compared with the register.
const VERIFIED: u8 = 3;

/// All or nobody: half a city would be harder to understand than none.
pub(super) fn move_in(
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
        let member = &newly.who.0;
        if member.role == "officer" {
            officer = Some(id);
        }
        if let ("manager", Some(agency), false) = (member.role, member.branch, newly.here) {
            asking::ask(c, now, agency, &member.login)?;
        }
    }
    for newly in citizens {
        if newly.here {
            renew_one(c, ring, now, newly)?;
            continue;
        }
        let id = register_one(c, ring, now, newly)?;
        // Claims are seen by an officer, as anybody's are.
        if let Some(officer) = officer {
            claim(c, ring, now, id, officer, &newly.who, register)?;
        }
    }
    Ok(())
}

/// Another password. Whoever is signed in with the one before is not any more.
fn renew_one(c: &mut Conn, ring: &KeyRing, now: Moment, newly: &Newly<Citizen>) -> Result<(), SettleError> {
    let account = accounts::by_reach(c, ring, &phone(&newly.who.person)?)?;
    let account = account.ok_or(AccountError::Unknown)?;
    credentials::set_password(c, ring, now, account.id, &newly.hash)?;
    session::end_of(c, Realm::Citizen, account.id.uuid(), None, None)?;
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
    if newly.here {
        let known = staff::by_login(c, &member.login)?.ok_or(StaffError::Unknown)?;
        let word = staff::invite_anew(c, now, &known)?;
        staff::join(c, ring, now, &word, &newly.hash, app, 0)?;
        return Ok(known.id);
    }
    let branch = member.branch.map_or(Some(Branch::city()), Branch::parse);
    let branch = branch.ok_or(SettleError::Refused("a branch"))?;
    for (part, name) in [(branch.parent(), None), (Some(branch.clone()), member.branch)] {
        if let Some(part) = part {
            staff::add_branch(c, now, &Branch::city(), &part, name.unwrap_or(part.as_str()))?;
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
