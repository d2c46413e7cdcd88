//! Staff, through the front door.

mod counters;
mod leaving;

use chrono::TimeDelta;
use diesel::prelude::*;
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
