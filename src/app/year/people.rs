//! Who lives and works in the simulated city: accounts and memberships made by the rooms' own functions.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use yimen_drivers::auth::sign::hex;

use super::YearError;
use crate::{
    accounts::{
        self, IdentityNumber, Newcomer, PersonName, password,
        staff::{self, Branch, Invitation, Member, Role, pages::AtAgencies},
        totp,
    },
    app::Portal,
    cases::desk,
    db::Conn,
    ledger::CitizenId,
    platform::{Lang, Moment, keys::KeyRing, random},
    voice,
    web::session::{Realm, Signed},
};

/// How surely everybody is who they say they are.
pub(super) const LEVEL: u8 = 4;
/// Accounts in one transaction.
const AT_ONCE: usize = 250;
const FAMILY: [&str; 20] = [
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何",
    "郭", "马", "罗",
];
const GIVEN: [&str; 18] = [
    "伟", "芳", "秀英", "敏", "静", "强", "磊", "洋", "艳", "勇", "杰", "娟", "涛", "明", "超", "霞", "平",
    "桂兰",
];
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/// A member of staff with everything they sit at.
#[derive(Clone)]
pub(super) struct Clerk {
    pub member: Member,
    pub cases: desk::Seat,
    pub voice: voice::desk::Seat,
}

/// Everybody.
pub(super) struct People {
    /// In the order of the plan: the firm's first.
    pub citizens: Vec<CitizenId>,
    /// One at each agency.
    pub clerks: BTreeMap<String, Clerk>,
    /// An administrator of the whole city.
    pub above: Member,
}

/// Has everybody move in.
pub(super) async fn settle(
    portal: &Portal,
    count: usize,
    agencies: Vec<String>,
) -> Result<People, YearError> {
    let (site, now) = (&portal.site, portal.site.clock.now());
    let mut citizens = Vec::with_capacity(count);
    for from in (0..count).step_by(AT_ONCE) {
        let (ring, range) = (site.keys.clone(), from..count.min(from + AT_ONCE));
        let some = move |c: &mut Conn| {
            range.map(|at| register(c, &ring, now, at)).collect::<Result<Vec<CitizenId>, YearError>>()
        };
        citizens.extend(site.db.tx(some).await?);
    }
    // Nobody ever knows it: whoever wants to sit there is invited anew.
    let bytes = random::bytes::<32>().map_err(|_| YearError::Poor("this machine has no randomness"))?;
    let hash = password::hash(hex(&bytes)).await?;
    let (ring, edition) = (site.keys.clone(), portal.shelf.edition());
    let edition = edition.map_err(|_| YearError::Poor("no city is installed"))?;
    let hire = move |c: &mut Conn| {
        let clocks = voice::Clocks::of(&edition).map_err(|_| YearError::Poor("the city takes no orders"))?;
        let branches: Vec<(String, Branch)> = agencies
            .into_iter()
            .filter_map(|slug| Branch::parse(&slug).map(|branch| (slug, branch)))
            .collect();
        let city = &edition.catalogue.city.city.name.zh;
        staff::add_branch(c, now, &Branch::city(), &Branch::city(), city)?;
        for (slug, branch) in &branches {
            let name =
                edition.catalogue.agency(slug).map_or(slug.as_str(), |one| one.agency.name.zh.as_str());
            staff::add_branch(c, now, &Branch::city(), branch, name)?;
        }
        let mut clerks = BTreeMap::new();
        for (slug, branch) in branches {
            let login = format!("year.{slug}");
            let member = employ(c, (&ring, now), (&login, Role::Manager), branch, &hash)?;
            clerks.insert(slug, seated(c, now, &clocks, member)?);
        }
        let above = employ(c, (&ring, now), ("year.above", Role::Administrator), Branch::city(), &hash)?;
        Ok::<_, YearError>((clerks, above))
    };
    let (clerks, above) = site.db.tx(hire).await?;
    Ok(People { citizens, clerks, above })
}

fn register(c: &mut Conn, ring: &KeyRing, now: Moment, at: usize) -> Result<CitizenId, YearError> {
    let wrong = |_| YearError::Poor("a made-up person is not what the portal takes");
    let name = format!("{}{}", FAMILY[at % FAMILY.len()], GIVEN[(at / FAMILY.len()) % GIVEN.len()]);
    let name = PersonName::parse(&name).map_err(wrong)?;
    let number = IdentityNumber::parse(&number(at)).map_err(wrong)?;
    let newcomer =
        Newcomer { name: Some(name.clone()), reach: None, password_hash: None, language: Lang::Zh };
    let id = accounts::register(c, ring, now, &newcomer)?;
    accounts::claim_identity(c, ring, now, id, &name, &number, LEVEL)?;
    Ok(id)
}

/// Another identity number for everybody, of the region that stands for the whole city: the demo's people live in its
/// districts.
fn number(at: usize) -> String {
    let (order, day) = (at % 900, (at % 900) * 17 + at / 900);
    let first = NaiveDate::from_ymd_opt(1955, 1, 1).unwrap_or_default();
    let birth = first.checked_add_days(Days::new(u64::try_from(day).unwrap_or_default())).unwrap_or(first);
    let body = format!("990100{}{:03}", birth.format("%Y%m%d"), order + 10);
    let sum: u32 = body.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{body}{}", char::from(b"10X98765432"[(sum % 11) as usize]))
}

fn employ(
    c: &mut Conn,
    (ring, now): (&KeyRing, Moment),
    (login, role): (&str, Role),
    branch: Branch,
    hash: &str,
) -> Result<Member, YearError> {
    let name = FAMILY[login.len() % FAMILY.len()].to_owned() + GIVEN[login.len() % GIVEN.len()];
    let invitation = Invitation { login: login.to_owned(), name, role, branch, ends_at: None };
    let (id, word) = staff::invite(c, ring, now, None, &invitation)?;
    let secret = totp::new_secret().map_err(|_| YearError::Poor("this machine has no randomness"))?;
    staff::join(c, ring, now, &word, hash, &secret, 0)?;
    Ok(staff::by_id(c, id)?.ok_or(staff::StaffError::Unknown)?)
}

fn seated(c: &mut Conn, now: Moment, clocks: &voice::Clocks, member: Member) -> Result<Clerk, YearError> {
    let signed = Signed {
        realm: Realm::Staff,
        subject: member.id.uuid(),
        level: 0,
        methods: Vec::new(),
        proved_at: now,
        name: String::new(),
        acting: None,
        role: Some(member.standing().to_string()),
    };
    let cases = desk::Seat::of(member.clone(), &signed)?;
    let at = AtAgencies::seated(member.clone(), signed, staff::places(c)?);
    Ok(Clerk { member, cases, voice: voice::desk::Seat::of(&at, clocks)? })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn everybody_has_a_number_of_their_own() {
        let numbers: BTreeSet<String> = (0..6_000).map(number).collect();
        assert_eq!(numbers.len(), 6_000);
        assert!(numbers.iter().all(|number| IdentityNumber::parse(number).is_ok()));
    }
}
