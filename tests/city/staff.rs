//! Staff, through the front door.

use chrono::TimeDelta;
use diesel::prelude::*;
use futures_util::future::{join, join_all};
use uuid::Uuid;
use yimen::{
    accounts::{
        Reach, acting,
        staff::{
            self, Act, Branch, Invitation, Role, StaffError, Standing, breach,
            counter::{self, By, Deed},
            may,
        },
        totp,
    },
    db::{DbError, schema::looks},
    ledger::{self, Actor, Basis, CitizenId, Look, Purpose, StaffId},
    platform::Moment,
    web::session::{self, Realm, Signed},
};

use crate::{
    on_both_engines,
    people::{Browser, citizen, keys, number},
    town::{Answer, Town},
};

const PASSWORD: &str = "crooked lantern by the river";

fn branch(path: &str) -> Branch {
    Branch::parse(path).unwrap()
}

fn invitation(login: &str, role: Role, path: &str, ends_at: Option<Moment>) -> Invitation {
    Invitation { login: login.to_owned(), name: "周敏".to_owned(), role, branch: branch(path), ends_at }
}

/// The link's word of somebody invited by the operator.
async fn invited(town: &Town, login: &str, role: Role, path: &str) -> (StaffId, String) {
    let (ring, now) = (keys(town), town.clock.now());
    let ends_at = (role == Role::Helper).then(|| now + TimeDelta::days(30));
    let invitation = invitation(login, role, path, ends_at);
    town.db
        .tx(move |c| {
            staff::add_branch(c, now, &Branch::city(), &Branch::city(), "云州市")?;
            staff::add_branch(c, now, &Branch::city(), &invitation.branch, invitation.branch.as_str())?;
            staff::invite(c, &ring, now, None, &invitation)
        })
        .await
        .unwrap()
}

/// Somebody whose account is set up.
pub async fn hired(town: &Town, login: &str, role: Role, path: &str) -> StaffId {
    let (id, token) = invited(town, login, role, path).await;
    let (ring, now) = (keys(town), town.clock.now());
    let secret = totp::new_secret().unwrap();
    town.db.tx(move |c| staff::join(c, &ring, now, &token, "no password", &secret, 0)).await.unwrap();
    id
}

pub async fn at_work<'a>(town: &'a Town, id: StaffId, role: Role, path: &str) -> Browser<'a> {
    let now = town.clock.now();
    let signed = signed(now, id, role, path);
    let (_, token) = town.db.tx(move |c| session::begin(c, now, &signed, "?")).await.unwrap();
    let browser = Browser::new(town);
    browser.set("staff", token.cookie_value());
    browser
}

fn signed(now: Moment, id: StaffId, role: Role, path: &str) -> Signed {
    Signed {
        realm: Realm::Staff,
        subject: id.uuid(),
        level: 0,
        methods: Vec::new(),
        proved_at: now,
        name: "周*".to_owned(),
        acting: None,
        role: Some(Standing { role, branch: branch(path) }.to_string()),
    }
}

/// The page without what differs from request to request.
fn bare(answer: &Answer) -> (u16, Vec<String>) {
    (answer.status, answer.texts("main"))
}

fn secret_on(page: &Answer) -> String {
    let words = page.texts("main p").join(" ");
    let (_, rest) = words.split_once("密钥：").unwrap();
    rest.split_whitespace().take_while(|part| part.len() <= 4).collect()
}

on_both_engines! {
    /// The first administrator of a city, from the link to the desk.
    async fn an_invitation_leads_to_an_account_with_two_proofs(town: Town) {
        let (_, token) = invited(&town, "zhou", Role::Administrator, "/").await;
        let browser = Browser::new(&town);
        let page = browser.get(&format!("/staff/join?token={token}")).await.ok();
        let secret = secret_on(&page);
        let carried = page.attributes("input[name=secret]", "value").remove(0);
        let join = async |password: &str, code: &str| {
            browser
                .post("/staff/join", &[("token", &token), ("secret", &carried), ("password", password), ("code", code)])
                .await
        };
        let code = totp::code_at(&secret, town.clock.now()).unwrap();
        assert_eq!(join("password123", &code).await.attributes(".errors a", "href"), ["#password"]);
        let wrong = if code == "000000" { "000001" } else { "000000" };
        assert_eq!(join(PASSWORD, wrong).await.attributes(".errors a", "href"), ["#code"]);
        let joined = join(PASSWORD, &code).await.ok();
        let codes = joined.texts(".codes li");
        assert_eq!(codes.len(), 10);
        // The link is gone, and looks like one that never was.
        let again = browser.get(&format!("/staff/join?token={token}")).await;
        assert!(again.attributes("form[action='/staff/join']", "action").is_empty());
        assert_eq!(bare(&again), bare(&browser.get("/staff/join?token=nothing").await));
        assert_eq!(bare(&join(PASSWORD, &code).await), bare(&again));

        let sign_in = async |login: &str, password: &str, code: &str| {
            browser
                .post("/staff/sign-in", &[("login", login), ("password", password), ("code", code), ("next", "")])
                .await
        };
        // The code that joined was used up by it.
        let replayed = sign_in("zhou", PASSWORD, &code).await;
        town.clock.advance(TimeDelta::seconds(30));
        let code = totp::code_at(&secret, town.clock.now()).unwrap();
        let stranger = sign_in("zhou2", PASSWORD, &code).await;
        let wrong = sign_in("zhou", "crooked lantern by the rivers", &code).await;
        let codeless = sign_in("zhou", PASSWORD, "").await;
        for refused in [&stranger, &wrong, &codeless] {
            assert_eq!(bare(refused), bare(&replayed), "what was wrong is not told");
            assert_eq!(refused.status, 422);
        }
        let entered = sign_in("Zhou", PASSWORD, &code).await;
        assert_eq!((entered.status, entered.header("location")), (303, "/staff"));
        let desk = browser.get("/staff").await.ok();
        assert!(desk.texts(".facts").concat().contains("管理员"));
        // A code counts once; a recovery code stands in, once.
        let other = Browser::new(&town);
        let send = async |code: &str| {
            other.post("/staff/sign-in", &[("login", "zhou"), ("password", PASSWORD), ("code", code)]).await.status
        };
        assert_eq!(send(&code).await, 422);
        assert_eq!(send(&codes[0]).await, 303);
        assert_eq!(send(&codes[0]).await, 422);
        assert_eq!(browser.post("/staff/sign-out", &[]).await.header("location"), "/staff/sign-in?out=1");
        assert_eq!(browser.get("/staff").await.header("location"), "/staff/sign-in?next=%2Fstaff");
        town.close().await;
    }

    async fn a_password_is_changed_with_both_proofs_and_ends_other_sessions(town: Town) {
        let id = hired(&town, "zhou", Role::Officer, "tax").await;
        let (ring, now) = (keys(&town), town.clock.now());
        let secret = totp::new_secret().unwrap();
        let (kept, hash) = (secret.clone(), yimen::accounts::password::hash(PASSWORD.to_owned()).await.unwrap());
        town.db.tx(move |c| {
            use yimen::db::{Sealed, schema::staff_members};
            let sealed = Sealed::new(&ring, &format!("staff.totp/{id}"), &kept).unwrap();
            diesel::update(staff_members::table.filter(staff_members::id.eq(id)))
                .set((staff_members::password_hash.eq(Some(hash)), staff_members::totp.eq(Some(sealed))))
                .execute(c).map_err(DbError::from)
        }).await.unwrap();
        let zhou = at_work(&town, id, Role::Officer, "tax").await;
        let elsewhere = at_work(&town, id, Role::Officer, "tax").await;
        let new = "another lantern by the old bridge";
        let change = async |password: &str, code: &str, new: &str, again: &str| {
            let fields = [("password", password), ("code", code), ("new", new), ("again", again)];
            zhou.post("/staff/account/password", &fields).await
        };
        let code = totp::code_at(&secret, now).unwrap();
        assert_eq!(change(PASSWORD, &code, "short", "short").await.attributes(".errors a", "href"), ["#new"]);
        assert_eq!(change(PASSWORD, &code, new, PASSWORD).await.attributes(".errors a", "href"), ["#again"]);
        assert_eq!(change("not it at all", &code, new, new).await.attributes(".errors a", "href"), ["#password"]);
        assert_eq!(change(PASSWORD, "abc", new, new).await.attributes(".errors a", "href"), ["#password"]);
        elsewhere.get("/staff").await.ok();
        assert_eq!(change(PASSWORD, &code, new, new).await.location(), "/staff/account?done=password");
        assert!(elsewhere.get("/staff").await.location().starts_with("/staff/sign-in"));
        zhou.get("/staff").await.ok();
        assert_eq!(change(new, &code, PASSWORD, PASSWORD).await.status, 422, "a code counts once");
        town.clock.advance(TimeDelta::seconds(31));
        let code = totp::code_at(&secret, town.clock.now()).unwrap();
        let codes = zhou.post("/staff/account/codes", &[("app_code", &code)]).await.ok().texts(".codes code");
        assert_eq!(codes.len(), 10);
        let entered = Browser::new(&town)
            .post("/staff/sign-in", &[("login", "zhou"), ("password", new), ("code", &codes[3])]).await;
        assert_eq!(entered.location(), "/staff");
        zhou.post("/staff/account/end", &[]).await;
        assert_eq!(zhou.get("/staff/account").await.ok().texts("section[aria-labelledby=devices] li").len(), 1);
        town.close().await;
    }

    async fn an_invitation_lasts_three_days(town: Town) {
        let (_, token) = invited(&town, "zhou", Role::Officer, "/").await;
        let path = format!("/staff/join?token={token}");
        town.clock.advance(TimeDelta::hours(72) - TimeDelta::seconds(1));
        let form = "form[action='/staff/join']";
        assert_eq!(town.get(&path).await.ok().attributes(form, "action").len(), 1);
        town.clock.advance(TimeDelta::seconds(1));
        assert!(town.get(&path).await.ok().attributes(form, "action").is_empty());
        town.close().await;
    }

    /// Guessing is slow, and costs the same whether or not the account exists.
    async fn guesses_are_counted(town: Town) {
        let browser = Browser::new(&town);
        let mut last = 0;
        for _ in 0..11 {
            last = browser.post("/staff/sign-in", &[("login", "nobody"), ("password", "x"), ("code", "1")]).await.status;
        }
        assert_eq!(last, 429);
        town.close().await;
    }

    /// Neither session does for the other's pages.
    async fn staff_and_citizens_are_different_people(town: Town) {
        let id = hired(&town, "zhou", Role::Officer, "traffic-police").await;
        let officer = at_work(&town, id, Role::Officer, "traffic-police").await;
        officer.get("/staff").await.ok();
        assert!(officer.get("/me/acting").await.header("location").starts_with("/sign-in?"));
        // The staff token in the citizen's cookie, and the other way round.
        let swapped = Browser::new(&town);
        swapped.set("session", &officer.cookie("staff").unwrap());
        assert!(swapped.get("/me/acting").await.header("location").starts_with("/sign-in?"));
        let lin = citizen(&town, "林晓", "13800000001", "990101198501010010").await;
        let citizen = Browser::of(&town, lin, 5).await;
        citizen.set("staff", &citizen.cookie("session").unwrap());
        assert!(citizen.get("/staff").await.header("location").starts_with("/staff/sign-in?"));
        town.close().await;
    }

    /// Another branch is not refused: it does not exist.
    async fn staff_reaching_another_branch_find_nothing(town: Town) {
        let mine = hired(&town, "mine", Role::Administrator, "yunjiang").await;
        let below = hired(&town, "below", Role::Officer, "yunjiang/chengbei").await;
        let others = [
            hired(&town, "above", Role::Officer, "/").await,
            hired(&town, "beside", Role::Officer, "wangshan").await,
            hired(&town, "namesake", Role::Officer, "yunjiang-new").await,
        ];
        let admin = at_work(&town, mine, Role::Administrator, "yunjiang").await;
        let list = admin.get("/admin/people").await.ok();
        let logins = list.texts(".acting-list .line-meta");
        assert_eq!(logins, ["mine", "below"]);
        let own = admin.get(&format!("/admin/people/{below}")).await.ok();
        assert!(own.texts("h1").concat().contains("周敏"));
        let nobody = StaffId::new();
        let unknown = bare(&admin.get(&format!("/admin/people/{nobody}")).await);
        assert_eq!(unknown.0, 404);
        for other in others {
            let path = format!("/admin/people/{other}");
            assert_eq!(bare(&admin.get(&path).await), unknown);
            for act in ["change", "invite", "hand-over", "end"] {
                let fields = [("role", "officer"), ("branch", "/yunjiang/"), ("to", &*below.to_string())];
                let real = admin.post(&format!("{path}/{act}"), &fields).await;
                let made_up = admin.post(&format!("/admin/people/{nobody}/{act}"), &fields).await;
                assert_eq!(bare(&real), bare(&made_up), "{act}");
                assert_eq!(real.status, 404, "{act}");
            }
            // Nor can work be handed to them.
            let to = other.to_string();
            let passed = admin.post(&format!("/admin/people/{below}/hand-over"), &[("to", &to)]).await;
            assert_eq!(passed.status, 404);
        }
        // A place outside the branch cannot be chosen, typed or reached by a detour.
        for path in ["/", "/wangshan/", "/yunjiang-new/", "/yunjiang/../wangshan/", "%"] {
            let fields = [("name", "吴迪"), ("login", "wu"), ("role", "officer"), ("branch", path)];
            assert_eq!(admin.post("/admin/people/invite", &fields).await.status, 422, "{path}");
            let fields = [("role", "officer"), ("branch", path)];
            assert_eq!(admin.post(&format!("/admin/people/{below}/change"), &fields).await.status, 422, "{path}");
        }
        for unit in ["../wangshan", "a/b/c", ""] {
            admin.post("/admin/units", &[("unit", unit), ("unit_name", "x")]).await;
        }
        let now = town.clock.now();
        let known = town.db.read(|c| staff::branches_in(c, &Branch::city())).await.unwrap();
        assert_eq!(known.len(), 5, "{known:?}");
        let (ring, by) = (keys(&town), town.db.read(move |c| staff::one_of(c, &Branch::city(), mine)).await.unwrap());
        let past_the_form = town.db
            .tx(move |c| staff::invite(c, &ring, now, Some(&by), &invitation("wu", Role::Officer, "wangshan", None)))
            .await;
        assert!(matches!(past_the_form, Err(StaffError::Unknown)));
        town.close().await;
    }

    async fn an_administrator_invites_below_and_nobody_gives_more_than_they_have(town: Town) {
        let admin = hired(&town, "admin", Role::Administrator, "yunjiang").await;
        let admin = at_work(&town, admin, Role::Administrator, "yunjiang").await;
        assert_eq!(admin.post("/admin/units", &[("unit", "chengbei"), ("unit_name", "城北街道")]).await.status, 303);
        let invite = async |browser: &Browser<'_>, changes: &[(&str, &str)]| {
            let usual = [("name", "吴迪"), ("login", "wu.di"), ("role", "manager"), ("branch", "/yunjiang/chengbei/")];
            let kept = usual.into_iter().filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
            let fields: Vec<_> = kept.chain(changes.iter().copied()).collect();
            browser.post("/admin/people/invite", &fields).await
        };
        let link = invite(&admin, &[]).await.ok().texts("main code").remove(0);
        let path = &link[link.find("/staff/join").unwrap()..];
        town.get(path).await.ok();
        assert_eq!(invite(&admin, &[]).await.attributes(".errors a", "href"), ["#login"], "the name is taken");
        let helper = [("login", "helper"), ("role", "helper")];
        assert_eq!(invite(&admin, &helper).await.status, 422, "a helper needs an end");
        assert_eq!(invite(&admin, &[("login", "x"), ("name", "1")]).await.attributes(".errors a", "href"), ["#name", "#login"]);
        // A manager gives out less than their own, whatever the form sends.
        let manager = hired(&town, "manager", Role::Manager, "yunjiang").await;
        let manager = at_work(&town, manager, Role::Manager, "yunjiang").await;
        for role in ["administrator", "manager", "auditor", "king"] {
            assert_eq!(invite(&manager, &[("login", "more"), ("role", role)]).await.status, 422, "{role}");
        }
        // Officers and helpers do not come here at all.
        for role in [Role::Officer, Role::Helper, Role::Integrator] {
            let id = hired(&town, &format!("the-{}", role.tag()), role, "yunjiang").await;
            let browser = at_work(&town, id, role, "yunjiang").await;
            assert_eq!(browser.get("/admin/people").await.status, 403, "{role:?}");
            assert_eq!(invite(&browser, &[("login", "more")]).await.status, 403, "{role:?}");
        }
        let auditor = hired(&town, "auditor", Role::Auditor, "/").await;
        let auditor = at_work(&town, auditor, Role::Auditor, "/").await;
        auditor.get("/admin/people").await.ok();
        assert_eq!(invite(&auditor, &[("login", "more")]).await.status, 403, "reads, changes nothing");
        town.close().await;
    }

    /// Ended at the moment in which they take up their invitation: they are ended, and nobody waits for anybody.
    async fn whoever_is_ended_while_they_join_is_ended(town: Town) {
        let admin = hired(&town, "admin", Role::Administrator, "/").await;
        let boss = at_work(&town, admin, Role::Administrator, "/").await;
        let token = boss.get("/display").await.ok().attributes("input[name=csrf]", "value").remove(0);
        let (mut joins, mut ends) = (Vec::new(), Vec::new());
        for order in 0..10 {
            let (id, link) = invited(&town, &format!("zhou{order}"), Role::Officer, "yunjiang").await;
            let (ring, now) = (keys(&town), town.clock.now());
            let secret = totp::new_secret().unwrap();
            joins.push(town.db.tx(move |c| staff::join(c, &ring, now, &link, "no password", &secret, 0)));
            let request = town.client().post(town.url(&format!("/admin/people/{id}/end")));
            ends.push(town.ask(request.header("cookie", boss.all_cookies()).form(&[("csrf", token.as_str())])));
        }
        let (joined, ended) = join(join_all(joins), join_all(ends)).await;
        for joined in joined {
            assert!(matches!(joined, Ok(_) | Err(StaffError::Unknown)), "{joined:?}");
        }
        for answer in ended {
            assert!(answer.location().ends_with("?said=ended"), "{} {}", answer.status, answer.body);
        }
        let states = town.lines("SELECT state AS line FROM staff_members ORDER BY state".to_owned()).await;
        assert_eq!((states.len(), states[0].as_str(), states[1].as_str()), (11, "active", "ended"));
        assert!(town.lines("SELECT 'x' AS line FROM staff_invitations".to_owned()).await.is_empty());
        town.close().await;
    }

    /// What somebody may do is looked up, not remembered.
    async fn a_changed_or_ended_account_is_out_at_once(town: Town) {
        let admin = hired(&town, "admin", Role::Administrator, "/").await;
        let zhou = hired(&town, "zhou", Role::Officer, "yunjiang").await;
        let boss = at_work(&town, admin, Role::Administrator, "/").await;
        let officer = at_work(&town, zhou, Role::Officer, "yunjiang").await;
        officer.get("/staff").await.ok();
        let path = format!("/admin/people/{zhou}");
        let changed = boss.post(&format!("{path}/change"), &[("role", "manager"), ("branch", "/yunjiang/")]).await;
        assert_eq!(changed.header("location"), format!("{path}?said=changed"));
        assert_eq!(officer.get("/staff").await.status, 303, "signed out");
        // Even a session that survived would not do: it says another role than the account has.
        let stale = at_work(&town, zhou, Role::Officer, "yunjiang").await;
        assert_eq!(stale.get("/staff").await.status, 403);
        let manager = at_work(&town, zhou, Role::Manager, "yunjiang").await;
        manager.get("/admin/people").await.ok();
        boss.post(&format!("{path}/end"), &[]).await;
        assert_eq!(manager.get("/staff").await.status, 303);
        let after = at_work(&town, zhou, Role::Manager, "yunjiang").await;
        assert_eq!(after.get("/staff").await.status, 403);
        // Nobody changes or ends their own account.
        let own = format!("/admin/people/{admin}");
        assert_eq!(boss.post(&format!("{own}/end"), &[]).await.status, 403);
        assert_eq!(boss.post(&format!("{own}/change"), &[("role", "officer"), ("branch", "/")]).await.status, 403);
        town.close().await;
    }

    /// Sooner than a citizen's: 15 minutes unused, 10 hours at the longest.
    async fn a_session_of_staff_ends_sooner(town: Town) {
        let id = hired(&town, "zhou", Role::Officer, "/").await;
        let officer = at_work(&town, id, Role::Officer, "/").await;
        town.clock.advance(TimeDelta::minutes(14));
        officer.get("/staff").await.ok();
        town.clock.advance(TimeDelta::minutes(15));
        assert!(officer.get("/staff").await.header("location").starts_with("/staff/sign-in"));
        let officer = at_work(&town, id, Role::Officer, "/").await;
        for _ in 0..59 {
            town.clock.advance(TimeDelta::minutes(10));
            officer.get("/staff").await.ok();
        }
        town.clock.advance(TimeDelta::minutes(10));
        assert!(officer.get("/staff").await.header("location").starts_with("/staff/sign-in"));
        town.close().await;
    }

    /// Whoever lost everything is invited anew: by a link, and nobody else ever knows the password.
    async fn inviting_again_ends_every_earlier_way_in(town: Town) {
        let boss = hired(&town, "boss", Role::Administrator, "/").await;
        let boss = at_work(&town, boss, Role::Administrator, "/").await;
        let id = hired(&town, "zhou", Role::Officer, "/").await;
        let officer = at_work(&town, id, Role::Officer, "/").await;
        officer.get("/staff").await.ok();
        let shown = boss.post(&format!("/admin/people/{id}/invite"), &[]).await.ok();
        assert!(!shown.body.contains("type=\"password\""), "no password is chosen for anybody");
        assert_eq!(officer.get("/staff").await.status, 303, "the session is over");
        let kept = town.db.read(|c| staff::entry::password_of(c, "zhou")).await.unwrap();
        assert_eq!(kept, None, "and so is the password");
        let start = shown.body.find("/staff/join?token=").expect("a link") + "/staff/join?token=".len();
        let token: String = shown.body[start..]
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
            .collect();
        let page = Browser::new(&town).get(&format!("/staff/join?token={token}")).await.ok();
        let (ring, now, secret) = (keys(&town), town.clock.now(), secret_on(&page));
        town.db.tx(move |c| staff::join(c, &ring, now, &token, "another", &secret, 0)).await.unwrap();
        let kept = town.db.read(|c| staff::entry::password_of(c, "zhou")).await.unwrap();
        assert_eq!(kept.as_deref(), Some("another"));
        town.close().await;
    }

    async fn a_helper_works_until_a_date_on_what_was_assigned(town: Town) {
        let id = hired(&town, "helper", Role::Helper, "yunjiang").await;
        let (now, work, other) = (town.clock.now(), Uuid::now_v7(), Uuid::now_v7());
        let says = signed(now, id, Role::Helper, "yunjiang");
        assert!(may(&says, Act::WorkAssigned, &branch("yunjiang")).is_ok());
        for act in Act::ALL.into_iter().filter(|act| *act != Act::WorkAssigned) {
            assert!(may(&says, act, &branch("yunjiang")).is_err(), "{act:?}");
        }
        assert!(may(&says, Act::WorkAssigned, &branch("wangshan")).is_err());
        let assigned = town.db.tx(move |c| {
            staff::assign(c, now, id, "case", work)?;
            Ok::<_, DbError>((staff::is_assigned(c, id, "case", work)?, staff::is_assigned(c, id, "case", other)?))
        }).await.unwrap();
        assert_eq!(assigned, (true, false));
        town.clock.advance(TimeDelta::days(30) - TimeDelta::seconds(1));
        at_work(&town, id, Role::Helper, "yunjiang").await.get("/staff").await.ok();
        town.clock.advance(TimeDelta::seconds(1));
        assert_eq!(at_work(&town, id, Role::Helper, "yunjiang").await.get("/staff").await.status, 403);
        town.close().await;
    }

    async fn whoever_leaves_hands_over_first(town: Town) {
        let admin = hired(&town, "admin", Role::Administrator, "/").await;
        let (leaving, staying) =
            (hired(&town, "leaving", Role::Officer, "/").await, hired(&town, "staying", Role::Officer, "/").await);
        let (now, work) = (town.clock.now(), [Uuid::now_v7(), Uuid::now_v7()]);
        town.db.tx(move |c| {
            staff::assign(c, now, leaving, "case", work[0])?;
            staff::assign(c, now, leaving, "case", work[1])?;
            // Held by both already: handing over must not stumble over it.
            staff::assign(c, now, staying, "case", work[1])
        }).await.unwrap();
        let boss = at_work(&town, admin, Role::Administrator, "/").await;
        let path = format!("/admin/people/{leaving}");
        assert_eq!(boss.post(&format!("{path}/end"), &[]).await.header("location"), format!("{path}?said=holding"));
        assert!(boss.get(&path).await.ok().texts("[aria-labelledby=held] li").concat().contains('2'));
        let to = staying.to_string();
        let passed = boss.post(&format!("{path}/hand-over"), &[("to", &to)]).await;
        assert_eq!(passed.header("location"), format!("{path}?said=handed"));
        let has = town.db.read(move |c| {
            Ok::<_, DbError>((staff::is_assigned(c, staying, "case", work[0])?, staff::is_assigned(c, leaving, "case", work[0])?))
        }).await.unwrap();
        assert_eq!(has, (true, false));
        assert_eq!(boss.post(&format!("{path}/end"), &[]).await.header("location"), format!("{path}?said=ended"));
        let record = boss.get(&path).await.ok().texts("[aria-labelledby=history] li").join(" ");
        assert!(record.contains("停用") && record.contains("移交") && record.contains("邀请"), "{record}");
        // The name stays where people look for who did something.
        assert!(boss.get("/admin/people").await.ok().texts(".acting-list .line-meta").contains(&"leaving".to_owned()));
        town.close().await;
    }

    /// Papers are seen, said and recorded before anything opens.
    async fn a_claim_is_opened_for_a_reason_and_the_look_is_recorded(town: Town) {
        let lin = citizen(&town, "林晓", "13800000001", "990101198501010010").await;
        let parent = Browser::of(&town, lin, 3).await;
        let number = number("20200229", 8);
        parent.post("/me/acting/child", &[("name", "林小满"), ("number", &number), ("proof", "户口簿第3页")]).await;
        let id = hired(&town, "zhou", Role::Officer, "/").await;
        let officer = at_work(&town, id, Role::Officer, "/").await;
        let list = officer.get("/staff/claims").await.ok();
        assert!(!list.body.contains(&number) && !list.body.contains("小满"), "masked");
        let claim = list.attributes("input[name=id]", "value").remove(0);
        let send = async |browser: &Browser<'_>, act: &str, reason: &str| {
            let fields = [("id", claim.as_str()), ("kind", "child"), ("reason", reason)];
            browser.post(&format!("/staff/claims/{act}"), &fields).await
        };
        for act in ["look", "confirm", "refuse"] {
            assert_eq!(send(&officer, act, " ").await.header("location"), "/staff/claims?said=reason");
        }
        let looks = async || -> Vec<(CitizenId, String)> {
            town.db.read(|c| {
                looks::table
                    .filter(looks::actor_kind.eq("staff"))
                    .select((looks::citizen_id, looks::fields))
                    .load(c)
                    .map_err(DbError::from)
            }).await.unwrap()
        };
        assert!(looks().await.is_empty());
        let opened = send(&officer, "look", "户口簿原件").await.ok();
        assert!(opened.body.contains(&number) && opened.body.contains("林小满") && opened.body.contains("林晓"));
        let seen = looks().await;
        // Whoever says to be the parent is somebody of their own, whose name was read as well.
        assert_eq!(seen.len(), 2);
        let (of_parent, of_child): (Vec<_>, Vec<_>) = seen.into_iter().partition(|(whose, _)| *whose == lin);
        assert_eq!(of_parent[0].1, "[\"name\"]");
        assert!(of_child[0].1.contains("identity-number"));
        let page = parent.get("/me/looks").await.ok().texts("main").join(" ");
        assert!(page.contains("户口簿原件"), "{page}");
        // Whoever manages people has no business with citizens' papers.
        let admin = hired(&town, "admin", Role::Administrator, "/").await;
        let admin = at_work(&town, admin, Role::Administrator, "/").await;
        assert_eq!(admin.get("/staff/claims").await.status, 403);
        assert_eq!(send(&admin, "look", "x").await.status, 403);
        assert_eq!(send(&officer, "confirm", "户口簿原件").await.header("location"), "/staff/claims?said=confirmed");
        assert_eq!(send(&officer, "confirm", "户口簿原件").await.status, 404, "decided once");
        let now = town.clock.now();
        let acts = town.db.read(move |c| acting::of_agent(c, now, lin)).await.unwrap();
        assert_eq!(acts[0].state(), acting::State::Active);
        town.close().await;
    }

    /// Somebody who lost everything comes to the counter with papers.
    async fn the_counter_gives_a_way_back_in(town: Town) {
        let lin = citizen(&town, "林晓", "13800000001", "990101198501010010").await;
        let before = Browser::of(&town, lin, 3).await;
        let id = hired(&town, "zhou", Role::Officer, "/").await;
        let officer = at_work(&town, id, Role::Officer, "/").await;
        let look = async |who: &str, reason: &str| {
            officer.post("/staff/counter", &[("who", who), ("reason", reason)]).await
        };
        assert_eq!(look("13800000001", "").await.attributes(".errors a", "href"), ["#reason"]);
        assert_eq!(look("13911112222", "身份证原件").await.attributes(".errors a", "href"), ["#who"]);
        assert_eq!(look("990101198501010011", "身份证原件").await.attributes(".errors a", "href"), ["#who"]);
        assert!(looks_by_staff(&town, lin).await.is_empty(), "nothing was seen without a reason");
        let opened = look("13800000001", "身份证原件").await.ok();
        assert!(opened.body.contains("990101198501010010"));
        let seen = looks_by_staff(&town, lin).await;
        assert!(seen.len() == 1 && seen[0].contains("identity-number"), "{seen:?}");
        let citizen_id = lin.to_string();
        let fields = [("id", citizen_id.as_str()), ("reason", "身份证原件")];
        let link = officer.post("/staff/counter/access", &fields).await.ok().texts("main code").remove(0);
        let token = link.split_once("token=").unwrap().1.to_owned();
        assert_eq!(looks_by_staff(&town, lin).await.len(), 2, "the act is on record too");
        let person = Browser::new(&town);
        let use_it = async |password: &str| {
            person.post("/recover/access", &[("token", &token), ("password", password)]).await
        };
        assert_eq!(use_it("password123").await.status, 422);
        let used = use_it(PASSWORD).await;
        assert_eq!((used.status, used.header("location")), (303, "/me/security"));
        person.get("/me/acting").await.ok();
        assert_eq!(before.get("/me/acting").await.status, 303, "every other device is signed out");
        let again = use_it(PASSWORD).await.ok();
        assert!(again.attributes("form[action='/recover/access']", "action").is_empty(), "once");
        assert_eq!(town.told().await, ["password-changed"]);
        town.close().await;
    }

    async fn a_link_from_the_counter_is_for_the_same_hour_and_the_last_one_counts(town: Town) {
        let lin = citizen(&town, "林晓", "13800000001", "990101198501010010").await;
        let id = hired(&town, "zhou", Role::Officer, "/").await;
        let (ring, now) = (keys(&town), town.clock.now());
        let (first, second) = town.db.tx(move |c| {
            let deed = Deed { staff: id, now, reason: "身份证".to_owned() };
            let first = counter::give_access(c, &ring, &deed, lin)?;
            Ok::<_, StaffError>((first, counter::give_access(c, &ring, &deed, lin)?))
        }).await.unwrap();
        let opens = async |token: &str| {
            let page = town.get(&format!("/recover/access?token={token}")).await.ok();
            !page.attributes("form[action='/recover/access']", "action").is_empty()
        };
        assert!(!opens(&first).await);
        assert!(opens(&second).await);
        town.clock.advance(TimeDelta::hours(1));
        assert!(!opens(&second).await);
        town.close().await;
    }

    async fn a_deceased_holder_s_account_is_closed_to_everybody(town: Town) {
        let lin = citizen(&town, "林晓", "13800000001", "990101198501010010").await;
        let id = hired(&town, "zhou", Role::Officer, "/").await;
        let officer = at_work(&town, id, Role::Officer, "/").await;
        let before = Browser::of(&town, lin, 3).await;
        let citizen_id = lin.to_string();
        let fields = [("id", citizen_id.as_str()), ("reason", "死亡证明")];
        assert_eq!(officer.post("/staff/counter/hold", &[("id", &citizen_id), ("reason", "")]).await.status, 400);
        assert_eq!(officer.post("/staff/counter/hold", &fields).await.header("location"), "/staff/counter?said=held");
        assert_eq!(before.get("/me/acting").await.status, 303);
        for act in ["access", "correct", "hold"] {
            let more = [fields[0], fields[1], ("name", "林晓"), ("number", "990101198501010010")];
            assert_eq!(officer.post(&format!("/staff/counter/{act}"), &more).await.status, 404, "{act}");
        }
        assert_eq!(looks_by_staff(&town, lin).await.len(), 1);
        town.close().await;
    }

    async fn identities_are_corrected_and_two_accounts_of_one_person_become_one(town: Town) {
        let lin = citizen(&town, "林晓", "13800000001", "990101198501010010").await;
        let other = citizen(&town, "林小", "13800000009", &number("19850102", 3)).await;
        let id = hired(&town, "zhou", Role::Officer, "/").await;
        let officer = at_work(&town, id, Role::Officer, "/").await;
        let (into, right) = (lin.to_string(), number("19850101", 2));
        let correct = async |number: &str| {
            let fields = [("id", into.as_str()), ("reason", "身份证原件"), ("name", "林曉"), ("number", number)];
            officer.post("/staff/counter/correct", &fields).await.header("location").to_owned()
        };
        assert_eq!(correct("990101198501010011").await, "/staff/counter?said=wrong");
        assert_eq!(correct(&number("19850102", 3)).await, "/staff/counter?said=taken");
        assert_eq!(correct(&right).await, "/staff/counter?said=corrected");
        let merge = [("id", into.as_str()), ("reason", "同一人"), ("other", "13800000009")];
        let stale = Browser::of(&town, other, 3).await;
        assert_eq!(town.told().await, ["identity-corrected"]);
        assert_eq!(officer.post("/staff/counter/merge", &merge).await.header("location"), "/staff/counter?said=merged");
        assert_eq!(town.told().await, ["accounts-merged"]);
        assert_eq!(officer.post("/staff/counter/merge", &merge).await.header("location"), "/staff/counter?said=wrong", "it is the same account now");
        assert_eq!(stale.get("/me/acting").await.status, 303);
        let (ring, now) = (keys(&town), town.clock.now());
        let found = town.db.tx(move |c| {
            let deed = Deed { staff: id, now, reason: "核对".to_owned() };
            let by = |phone: &str| By::Reach(Reach::parse(phone).unwrap());
            let both = [counter::look_up(c, &ring, &deed, &by("13800000001"))?, counter::look_up(c, &ring, &deed, &by("13800000009"))?];
            Ok::<_, StaffError>(both.map(|found| found.map(|found| (found.citizen, found.details.identity_number))))
        }).await.unwrap();
        let whole = Some((lin, Some(right)));
        assert_eq!(found, [whole.clone(), whole]);
        town.close().await;
    }

    /// Everybody whose data was seen, and nobody else; until it is read.
    async fn a_breach_is_told_to_those_it_concerns(town: Town) {
        let lin = citizen(&town, "林晓", "13800000001", "990101198501010010").await;
        let wang = citizen(&town, "王建", "13800000002", &number("19600229", 7)).await;
        let (ring, now) = (keys(&town), town.clock.now());
        town.db.tx(move |c| {
            let look = |actor: &str| Look {
                citizen: if actor == "other" { wang } else { lin },
                actor: Actor::Agency(actor.to_owned()),
                purpose: Purpose::Service,
                basis: Basis::Duty,
                fields: &["phone"],
                detail: None,
            };
            ledger::look(c, &ring, now, &look("traffic-police"))?;
            ledger::look(c, &ring, now, &look("traffic-police"))?;
            ledger::look(c, &ring, now, &look("other")).map(|_| ())
        }).await.unwrap();
        let admin = hired(&town, "admin", Role::Administrator, "/").await;
        let boss = at_work(&town, admin, Role::Administrator, "/").await;
        let tell = async |browser: &Browser<'_>, until: &str| {
            let fields = [
                ("agency", "traffic-police"),
                ("from", "2026-11-01"),
                ("until", until),
                ("text", "手机号清单外泄，请勿向来电者提供验证码。"),
                ("reason", "数安〔2026〕1号"),
            ];
            browser.post("/admin/breach", &fields).await
        };
        assert_eq!(tell(&boss, "2026-10-01").await.status, 422);
        assert_eq!(tell(&boss, "2026-11-19").await.header("location"), "/admin/breach?told=0");
        assert_eq!(tell(&boss, "2026-11-20").await.header("location"), "/admin/breach?told=1");
        let district = hired(&town, "district", Role::Administrator, "yunjiang").await;
        let district = at_work(&town, district, Role::Administrator, "yunjiang").await;
        assert_eq!(tell(&district, "2026-11-20").await.status, 403, "a breach does not keep to a branch");
        let concerned = Browser::of(&town, lin, 2).await;
        let page = concerned.get("/me/breach?next=/me/acting").await.ok();
        assert!(page.texts("main").concat().contains("手机号清单外泄"));
        let id = page.attributes("input[name=read]", "value").remove(0);
        // Not by somebody else for them.
        let other = Browser::of(&town, wang, 2).await;
        assert!(other.get("/me/breach").await.ok().attributes("input[name=read]", "value").is_empty());
        other.post("/me/breach", &[("read", &id)]).await;
        assert!(town.db.read(move |c| breach::waits(c, lin)).await.unwrap());
        let on = concerned.post("/me/breach", &[("read", &id), ("next", "/me/acting")]).await;
        assert_eq!(on.header("location"), "/me/acting");
        assert!(!town.db.read(move |c| breach::waits(c, lin)).await.unwrap());
        assert_eq!(looks_by_staff(&town, lin).await.len(), 1, "that they were told is on record");
        town.close().await;
    }

    /// Only the counter's people, whatever the address.
    async fn the_counter_is_closed_to_other_staff(town: Town) {
        let lin = citizen(&town, "林晓", "13800000001", "990101198501010010").await;
        let citizen_id = lin.to_string();
        for role in [Role::Administrator, Role::Auditor, Role::Integrator, Role::Helper] {
            let id = hired(&town, role.tag(), role, "/").await;
            let browser = at_work(&town, id, role, "/").await;
            assert_eq!(browser.get("/staff/counter").await.status, 403);
            let fields = [("id", citizen_id.as_str()), ("reason", "x"), ("who", "13800000001")];
            for act in ["", "/access", "/correct", "/merge", "/hold"] {
                assert_eq!(browser.post(&format!("/staff/counter{act}"), &fields).await.status, 403, "{role:?} {act}");
            }
        }
        assert!(looks_by_staff(&town, lin).await.is_empty());
        town.close().await;
    }
}

async fn looks_by_staff(town: &Town, at: CitizenId) -> Vec<String> {
    town.db
        .read(move |c| {
            looks::table
                .filter(looks::citizen_id.eq(at))
                .filter(looks::actor_kind.eq("staff"))
                .order(looks::id)
                .select(looks::fields)
                .load(c)
                .map_err(DbError::from)
        })
        .await
        .unwrap()
}

/// The command by which a city gets its first administrator.
#[test]
fn the_operator_invites_the_first_administrator() {
    let folder = tempfile::TempDir::new().unwrap();
    let run = |arguments: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_yimen"))
            .args(arguments)
            .current_dir(folder.path())
            .env_remove("DATABASE_URL")
            .env_remove("REDIS_URL")
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
        (output.status.code().unwrap(), said)
    };
    let invite = |login: &str, role: &str, agency: &str| {
        run(&["staff", "invite", "--role", role, "--login", login, "--name", "周敏", "--agency", agency])
    };
    assert_eq!(invite("zhou", "administrator", "/").0, 3, "the tables are missing");
    assert_eq!(run(&["migrate"]).0, 0);
    let (status, said) = invite("zhou", "administrator", "/");
    assert_eq!(status, 0, "{said}");
    assert!(said.contains("/staff/join?token=") && said.contains("72 hours"), "{said}");
    for (login, role, agency, word) in [
        ("zhou", "administrator", "/", "--login"),
        ("z", "administrator", "/", "--login"),
        ("wudi", "king", "/", "--role"),
        ("wudi", "officer", "../x", "--agency"),
        ("wudi", "helper", "yunjiang", "--until"),
    ] {
        let (status, said) = invite(login, role, agency);
        assert!(status == 2 && said.contains(word), "{login} {role} {agency}: {status} {said}");
    }
}
