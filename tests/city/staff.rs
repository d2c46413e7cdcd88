//! Staff, through the front door.

use chrono::TimeDelta;
use diesel::prelude::*;
use uuid::Uuid;
use yimen::{
    accounts::{
        acting,
        staff::{self, Act, Branch, Invitation, Role, StaffError, Standing, may},
        totp,
    },
    db::{DbError, schema::looks},
    ledger::{CitizenId, StaffId},
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
            staff::add_branch(c, now, &Branch::city(), "云州市")?;
            staff::add_branch(c, now, &invitation.branch, invitation.branch.as_str())?;
            staff::invite(c, &ring, now, None, &invitation)
        })
        .await
        .unwrap()
}

/// Somebody whose account is set up.
async fn hired(town: &Town, login: &str, role: Role, path: &str) -> StaffId {
    let (id, token) = invited(town, login, role, path).await;
    let (ring, now) = (keys(town), town.clock.now());
    let secret = totp::new_secret().unwrap();
    town.db.tx(move |c| staff::join(c, &ring, now, &token, "no password", &secret, 0)).await.unwrap();
    id
}

async fn at_work<'a>(town: &'a Town, id: StaffId, role: Role, path: &str) -> Browser<'a> {
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
        assert_eq!(again.status, 404);
        assert_eq!(bare(&again), bare(&browser.get("/staff/join?token=nothing").await));
        assert_eq!(join(PASSWORD, &code).await.status, 404);

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

    async fn an_invitation_lasts_three_days(town: Town) {
        let (_, token) = invited(&town, "zhou", Role::Officer, "/").await;
        let path = format!("/staff/join?token={token}");
        town.clock.advance(TimeDelta::hours(72) - TimeDelta::seconds(1));
        town.get(&path).await.ok();
        town.clock.advance(TimeDelta::seconds(1));
        assert_eq!(town.get(&path).await.status, 404);
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
        assert!(boss.get(&path).await.ok().texts("[aria-labelledby=held] li").concat().contains("2"));
        let to = staying.to_string();
        let passed = boss.post(&format!("{path}/hand-over"), &[("to", &to)]).await;
        assert_eq!(passed.header("location"), format!("{path}?said=handed"));
        let has = town.db.read(move |c| {
            Ok::<_, DbError>((staff::is_assigned(c, staying, "case", work[0])?, staff::is_assigned(c, leaving, "case", work[0])?))
        }).await.unwrap();
        assert_eq!(has, (true, false));
        assert_eq!(boss.post(&format!("{path}/end"), &[]).await.header("location"), format!("{path}?said=ended"));
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
        assert_eq!(seen.len(), 1);
        assert!(seen[0].1.contains("identity-number"));
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
}
