//! `/admin/policy/history`: everything that was ever asked for, by whom, why, and what became of it; as a file as well.

use actix_web::{HttpRequest, HttpResponse, web::Data};

use super::{HERE, People, row};
use crate::{
    accounts::staff::{StaffError, record},
    db::{Conn, DbError},
    hall::{
        admin::administrator,
        views::{ChangeRow, RuleHistoryView},
    },
    platform::Texts,
    policy::{
        Rule, State,
        queries::{self, Wanted},
    },
    web::{
        Failure, IN_A_FILE, Page, Part, Site, Submitted, Visitor,
        frame::{Choice, Field},
        query, sheet,
    },
};

const AT_ONCE: usize = 50;

/// What is asked for. Words that nobody knows ask for everything.
fn wanted(asked: impl Fn(&str) -> String) -> Wanted {
    Wanted {
        rule: Rule::named(&asked("rule")),
        state: State::named(&asked("state")),
        oldest_first: asked("order") == "oldest",
    }
}

/// The same as pairs of an address or a form.
fn pairs(wanted: Wanted) -> [(&'static str, &'static str); 3] {
    [
        ("rule", wanted.rule.map_or("", Rule::tag)),
        ("state", wanted.state.map_or("", State::tag)),
        ("order", if wanted.oldest_first { "oldest" } else { "newest" }),
    ]
}

/// `GET /admin/policy/history`
pub async fn history(visitor: Visitor, site: Data<Site>, request: HttpRequest) -> Result<Page, Failure> {
    administrator(&visitor, &site).await?;
    let wanted = wanted(|name| query(&request, name).unwrap_or_default());
    let (t, part) = (visitor.texts(), Part::asked(&request, AT_ONCE));
    let read = move |c: &mut Conn| {
        let (changes, all) = queries::history(c, wanted, part.stretch())?;
        let people = People::of(c, changes.iter())?;
        Ok::<_, DbError>((changes.iter().map(|change| row(t, &people, change)).collect::<Vec<_>>(), all))
    };
    let (rows, all) = site.db.read(read).await?;
    let asked = pairs(wanted).map(|(name, value)| (name, value.to_owned()));
    let pager = part.pager(usize::try_from(all).unwrap_or_default(), &format!("{HERE}/history"), &asked);
    Page::new(&RuleHistoryView {
        csrf: visitor.form_token(&site)?,
        rule: rule_field(t, wanted.rule),
        state: state_field(t, wanted.state),
        order: order_field(t, wanted.oldest_first),
        hidden: pairs(wanted),
        rows,
        all,
        pager,
        frame: visitor.frame(),
    })
}

fn rule_field(t: Texts, chosen: Option<Rule>) -> Field {
    let all = Choice::new("", t.rules_every(), chosen.is_none());
    let rules = Rule::ALL.map(|rule| Choice::new(rule.tag(), t.rule_name(rule.tag()), chosen == Some(rule)));
    let choices = std::iter::once(all).chain(rules).collect();
    Field { required: true, ..Field::new("rule", t.rules_rule()).choices(choices) }
}

fn state_field(t: Texts, chosen: Option<State>) -> Field {
    let all = Choice::new("", t.rules_any_state(), chosen.is_none());
    let states =
        State::ALL.map(|state| Choice::new(state.tag(), t.rule_state(state.tag()), chosen == Some(state)));
    let choices = std::iter::once(all).chain(states).collect();
    Field { required: true, ..Field::new("state", t.rules_state()).choices(choices) }
}

fn order_field(t: Texts, oldest_first: bool) -> Field {
    let choices = vec![
        Choice::new("newest", t.audit_newest(), !oldest_first),
        Choice::new("oldest", t.audit_oldest(), oldest_first),
    ];
    Field { required: true, ..Field::new("order", t.audit_order()).choices(choices) }
}

/// `POST /admin/policy/history.csv`: the same list as a file. That somebody took it away is on record.
pub async fn export_history(
    visitor: Visitor,
    site: Data<Site>,
    sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let member = administrator(&visitor, &site).await?;
    let wanted = wanted(|name| sent.get(name).to_owned());
    let (t, now) = (visitor.texts(), site.clock.now());
    let taken = move |c: &mut Conn| {
        let (changes, _) = queries::history(c, wanted, IN_A_FILE)?;
        let people = People::of(c, changes.iter())?;
        let [(_, rule), (_, state), _] = pairs(wanted);
        let detail = format!("policy {rule} {state}: {}", changes.len());
        record(c, now, Some(member.id), member.id, "exported", &detail)?;
        Ok::<_, StaffError>(changes.iter().map(|change| row(t, &people, change)).collect::<Vec<_>>())
    };
    let rows = site.db.tx(taken).await?;
    let heads = [
        t.rules_rule(),
        t.rule_was(),
        t.rule_value(),
        t.rule_from(),
        t.rule_reason(),
        t.rule_asked_by(),
        t.rule_asked_at(),
        t.rules_state(),
        t.rule_decided_by(),
        t.rule_decided_at(),
        t.rule_refusal(),
    ];
    let heads = std::iter::once(Vec::from(heads.map(str::to_owned)));
    sheet("policy-history", heads.chain(rows.into_iter().map(cells)))
}

fn cells(row: ChangeRow) -> Vec<String> {
    vec![
        row.rule,
        row.was,
        row.value,
        row.from.to_string(),
        row.reason,
        row.asked_by,
        row.asked_at.to_string(),
        row.state,
        row.decided_by.unwrap_or_default(),
        row.decided_at.map(|at| at.to_string()).unwrap_or_default(),
        row.words,
    ]
}
