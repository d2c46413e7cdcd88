//! The counter: who people are is looked at for a reason, ways back in are given, accounts are put right and closed.

use super::*;
use crate::on_both_engines;

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

on_both_engines! {
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
