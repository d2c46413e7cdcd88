//! `/admin/audit`: what staff did, record by record: with accounts and the portal, at people's data, with agencies' packages
//! and their backends. Whoever reads here sees their own branch; of a look neither at whom it was nor the reason, which
//! stand in that person's own record. Taking a file away is an act on record itself.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use chrono::{Datelike as _, Days, NaiveDate};

use super::{audit_rows::read, local, word};
use crate::{
    accounts::{
        acting::beginning,
        staff::{
            Act, Branch, Member, StaffError, audit as record_of_staff, pages::AtAgencies, record,
            views::history_words,
        },
    },
    agencies::{releases::log, views::words::act_name as package_act},
    db::{Conn, Stretch},
    gateway::{incidents, views::act_name as backend_act},
    hall::views::{AuditRow, AuditView, ChainRow},
    ledger::{self, ChainEnd, LedgerError, Purpose},
    platform::Texts,
    web::{
        Failure, IN_A_FILE, Page, Part, Site, Submitted, Visitor,
        frame::{Choice, Field, Tab},
        query, sheet,
    },
};

const HERE: &str = "/admin/audit";
const AT_ONCE: usize = 50;
/// So far back the list begins where nobody says otherwise.
const LATELY: Days = Days::new(30);

/// One of the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    Staff,
    Looks,
    Packages,
    Backends,
}

impl Source {
    const ALL: [Self; 4] = [Self::Staff, Self::Looks, Self::Packages, Self::Backends];

    const fn tag(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Looks => "looks",
            Self::Packages => "packages",
            Self::Backends => "backends",
        }
    }

    /// What can be asked for in it, with words.
    fn acts(self, t: Texts) -> Vec<(&'static str, String)> {
        match self {
            Self::Staff => record_of_staff::ACTS.map(|act| (act, history_words(t, act).to_owned())).to_vec(),
            Self::Looks => Purpose::ALL.map(|one| (one.tag(), t.look_purpose(one.tag()))).to_vec(),
            Self::Packages => log::ACTS.map(|act| (act, package_act(t, act).to_owned())).to_vec(),
            Self::Backends => {
                incidents::Act::ALL.map(|act| (act.tag(), backend_act(t, act).to_owned())).to_vec()
            }
        }
    }
}

/// What is asked for. Words that nobody knows ask for everything, a branch of others for one's own.
#[derive(Debug, Clone)]
pub(super) struct Filter {
    pub(super) source: Source,
    who: String,
    pub(super) branch: Branch,
    act: String,
    from: NaiveDate,
    until: NaiveDate,
    oldest_first: bool,
}

impl Filter {
    fn of(asked: impl Fn(&str) -> String, own: &Branch, today: NaiveDate) -> Self {
        let (source, branch) = (asked("source"), asked("branch"));
        let inside = Branch::parse(&branch).filter(|one| !branch.is_empty() && own.contains(one));
        // No day that a database or a calendar of another time would not know.
        let day = |name: &str| {
            let day = asked(name).parse::<NaiveDate>().ok();
            day.filter(|day| (2000..2100).contains(&day.year()))
        };
        let until = day("until").unwrap_or(today);
        let lately = until.checked_sub_days(LATELY).unwrap_or(until);
        Self {
            source: Source::ALL.into_iter().find(|one| one.tag() == source).unwrap_or(Source::Staff),
            who: word(&asked("who")).to_ascii_lowercase(),
            branch: inside.unwrap_or_else(|| own.clone()),
            act: word(&asked("act")),
            from: day("from").unwrap_or(lately),
            until,
            oldest_first: asked("order") == "oldest",
        }
    }

    pub(super) fn stretch(&self, (skip, most): (i64, i64)) -> Stretch {
        let after = self.until.succ_opt().unwrap_or(self.until);
        Stretch {
            from: beginning(self.from),
            until: beginning(after),
            oldest_first: self.oldest_first,
            skip,
            most,
        }
    }

    pub(super) fn who(&self) -> Option<&str> {
        Some(self.who.as_str()).filter(|who| !who.is_empty())
    }

    pub(super) fn act(&self) -> Option<&str> {
        Some(self.act.as_str()).filter(|act| !act.is_empty())
    }

    /// The same list of another record, or the same list, as pairs of an address.
    fn pairs(&self, source: Source) -> [(&'static str, String); 7] {
        let order = if self.oldest_first { "oldest" } else { "newest" };
        // What can be asked for in one record is not there in another.
        let act = if source == self.source { self.act.as_str() } else { "" };
        [
            ("source", source.tag().to_owned()),
            ("who", self.who.clone()),
            ("branch", self.branch.to_string()),
            ("act", act.to_owned()),
            ("from", self.from.to_string()),
            ("until", self.until.to_string()),
            ("order", order.to_owned()),
        ]
    }

    fn address(&self, source: Source) -> String {
        let mut pairs = url::form_urlencoded::Serializer::new(String::new());
        format!("{HERE}?{}", pairs.extend_pairs(self.pairs(source)).finish())
    }

    /// What stands in the record of staff when somebody takes it away.
    fn told(&self, rows: usize) -> String {
        let (source, branch, who, act) = (self.source.tag(), &self.branch, &self.who, &self.act);
        format!("audit {source} {branch} {who} {act} {}..{}: {rows}", self.from, self.until)
    }
}

/// Those who may read what others of their branch did.
async fn reader(visitor: &Visitor, site: &Site) -> Result<Member, Failure> {
    let at = AtAgencies::of(visitor, site).await?;
    let reads = at.allowed_here(Act::Audit) || at.allowed_here(Act::Approve);
    if reads { Ok(at.member) } else { Err(Failure::Refused) }
}

pub async fn audit(visitor: Visitor, site: Data<Site>, request: HttpRequest) -> Result<Page, Failure> {
    let member = reader(&visitor, &site).await?;
    let asked = |name: &str| query(&request, name).unwrap_or_default();
    let filter = Filter::of(asked, &member.branch(), site.clock.today());
    let (t, part, wanted) = (visitor.texts(), Part::asked(&request, AT_ONCE), filter.clone());
    let read = move |c: &mut Conn| {
        let (rows, all) = read(c, t, &wanted, part.stretch())?;
        Ok::<_, LedgerError>((rows, all, ledger::chain_end(c)?))
    };
    let (rows, all, chain) = site.db.read(read).await?;
    let tab = |source: Source| Tab {
        label: t.audit_source(source.tag()),
        url: filter.address(source),
        count: None,
        current: source == filter.source,
    };
    let chain_row = |end: ChainEnd| ChainRow {
        position: end.position,
        at: local(end.at),
        key: end.key,
        holds: end.holds,
        waiting: end.waiting,
    };
    Page::new(&AuditView {
        csrf: visitor.form_token(&site)?,
        tabs: Vec::from(Source::ALL.map(tab)),
        source: filter.source.tag(),
        who: Field::new("who", t.audit_who()).hint(t.audit_who_hint()).value(filter.who.as_str()),
        branch: Field::new("branch", t.staff_branch()).value(filter.branch.to_string()),
        act: act_field(t, &filter),
        from: Field { required: true, ..Field::new("from", t.audit_from()).value(filter.from.to_string()) },
        until: Field {
            required: true,
            ..Field::new("until", t.audit_until()).value(filter.until.to_string())
        },
        order: order_field(t, filter.oldest_first),
        rows,
        all,
        pager: part.pager(usize::try_from(all).unwrap_or_default(), HERE, &filter.pairs(filter.source)),
        chain: chain.map(chain_row),
        frame: visitor.frame(),
    })
}

fn act_field(t: Texts, filter: &Filter) -> Field {
    let all = Choice::new("", t.audit_all_acts(), filter.act.is_empty());
    let known = filter.source.acts(t).into_iter();
    let known = known.map(|(tag, words)| Choice::new(tag, words, tag == filter.act));
    let choices = std::iter::once(all).chain(known).collect();
    Field { required: true, ..Field::new("act", t.audit_act()).choices(choices) }
}

fn order_field(t: Texts, oldest_first: bool) -> Field {
    let choices = vec![
        Choice::new("newest", t.audit_newest(), !oldest_first),
        Choice::new("oldest", t.audit_oldest(), oldest_first),
    ];
    Field { required: true, ..Field::new("order", t.audit_order()).choices(choices) }
}

/// `POST /admin/audit.csv`: the same list as a file.
pub async fn export_audit(
    visitor: Visitor,
    site: Data<Site>,
    sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let member = reader(&visitor, &site).await?;
    let filter = Filter::of(|name| sent.get(name).to_owned(), &member.branch(), site.clock.today());
    let (t, now, source) = (visitor.texts(), site.clock.now(), filter.source);
    let taken = move |c: &mut Conn| {
        let (rows, _) = read(c, t, &filter, IN_A_FILE)?;
        record(c, now, Some(member.id), member.id, "exported", &filter.told(rows.len()))?;
        Ok::<_, StaffError>(rows)
    };
    let rows = site.db.tx(taken).await?;
    let heads =
        [t.audit_at(), t.audit_who(), t.staff_branch(), t.audit_act(), t.audit_about(), t.audit_words()];
    let row = |row: AuditRow| vec![row.at.to_string(), row.who, row.branch, row.act, row.about, row.words];
    let heads = std::iter::once(Vec::from(heads.map(str::to_owned)));
    sheet(&format!("audit-{}", source.tag()), heads.chain(rows.into_iter().map(row)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(asked: &[(&str, &str)], own: &str) -> Filter {
        let get = |name: &str| {
            let found = asked.iter().find(|(known, _)| *known == name);
            found.map_or_else(String::new, |(_, value)| (*value).to_owned())
        };
        Filter::of(get, &Branch::parse(own).unwrap(), NaiveDate::from_ymd_opt(2026, 11, 20).unwrap())
    }

    #[test]
    fn nobody_reads_beyond_their_branch() {
        for (asked, own, branch) in [
            ("", "/", "/"),
            ("/", "yunjiang", "/yunjiang/"),
            ("tax", "yunjiang", "/yunjiang/"),
            ("yunjiang/chengbei", "yunjiang", "/yunjiang/chengbei/"),
            ("%", "yunjiang", "/yunjiang/"),
            ("tax", "/", "/tax/"),
        ] {
            assert_eq!(filter(&[("branch", asked)], own).branch.as_str(), branch, "{asked} from {own}");
        }
    }

    #[test]
    fn an_address_asks_for_the_same_again() {
        let fields = [("source", "looks"), ("who", "zhou"), ("act", "counter"), ("from", "2026-11-01")];
        let asked = filter(&fields, "/");
        let address = asked.address(Source::Looks);
        let pairs: Vec<(String, String)> =
            url::form_urlencoded::parse(address.split_once('?').unwrap().1.as_bytes()).into_owned().collect();
        let pairs: Vec<(&str, &str)> =
            pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(filter(&pairs, "/").address(Source::Looks), address);
        assert!(!asked.address(Source::Staff).contains("counter"));
    }
}
