//! Acting for others, through the front door.

use chrono::TimeDelta;
use diesel::prelude::*;
use futures_util::future::join_all;
use uuid::Uuid;
use yimen::{
    accounts::acting::{self, ActingError, DelegationId, Matter, Party, Refused, Represented, Scope},
    db::{
        DbError,
        schema::{delegations, looks},
    },
    ledger::{CitizenId, StaffId},
    platform::Moment,
    web::session::{Acting, Realm, Signed},
};

use crate::{
    on_both_engines,
    people::{Browser, citizen, keys, number},
    town::{Answer, Town},
};

async fn lin(town: &Town) -> CitizenId {
    citizen(town, "林晓", "13800000001", "990101198501010010").await
}

async fn wang(town: &Town) -> CitizenId {
    citizen(town, "王建", "13800000002", &number("19600229", 7)).await
}

pub async fn grant(browser: &Browser<'_>, changes: &[(&str, &str)]) -> Answer {
    let usual = [
        ("for", "me"),
        ("name", "林晓"),
        ("phone", "138 0000 0001"),
        ("scope", "all"),
        ("from", "2026-11-20"),
        ("until", "2027-11-19"),
        ("proof", "委托林晓代我办理"),
    ];
    let kept = usual.into_iter().filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
    let fields: Vec<_> = kept.chain(changes.iter().copied()).collect();
    browser.post("/me/acting/grant", &fields).await
}

/// The delegation that a button stands for, by the address of its form.
fn button(page: &Answer, action: &str) -> Vec<String> {
    let selector = format!("form[action='{action}'] input[name=delegation]");
    page.attributes(&selector, "value").into_iter().filter(|id| !id.is_empty()).collect()
}

/// 王建 authorises 林晓, who takes it up and switches.
pub async fn acts(town: &Town, changes: &[(&str, &str)]) -> (CitizenId, CitizenId, String) {
    let (lin, wang) = (lin(town).await, wang(town).await);
    assert_eq!(grant(&Browser::of(town, wang, 3).await, changes).await.status, 303);
    let offer = takes_up(&Browser::of(town, lin, 3).await).await;
    (lin, wang, offer)
}

/// 林晓 is the confirmed parent of a child of thirteen, whose account this is, by a delegation.
pub async fn parent(town: &Town) -> (CitizenId, CitizenId, String) {
    let lin = lin(town).await;
    let browser = Browser::of(town, lin, 3).await;
    let child = number("20121121", 8);
    let fields = [("name", "林小满"), ("number", child.as_str()), ("proof", "户口簿第3页")];
    assert_eq!(browser.post("/me/acting/child", &fields).await.header("location"), "/me/acting?said=child");
    let id: DelegationId =
        button(&browser.get("/me/acting").await.ok(), "/me/acting/revoke").remove(0).parse().unwrap();
    let (ring, now, staff) = (keys(town), town.clock.now(), StaffId::new());
    town.db.tx(move |c| acting::confirm_child(c, &ring, now, staff, id, "户口簿原件")).await.unwrap();
    let child = town
        .db
        .read(|c| delegations::table.select(delegations::citizen_id).first(c).map_err(DbError::from))
        .await
        .unwrap();
    (lin, child, id.to_string())
}

/// 王建 is the confirmed legal person of a company, by a delegation to himself.
pub async fn boss(town: &Town) -> (CitizenId, String) {
    let wang = wang(town).await;
    let browser = Browser::of(town, wang, 3).await;
    let fields = [("credit", "119901009900000172"), ("name", "云江酱园有限公司"), ("proof", "营业执照副本")];
    assert_eq!(
        browser.post("/me/acting/company", &fields).await.header("location"),
        "/me/acting?said=company"
    );
    let (ring, now, staff) = (keys(town), town.clock.now(), StaffId::new());
    let company = town.db.read(move |c| acting::companies_of(c, wang)).await.unwrap().remove(0).id;
    town.db
        .tx(move |c| acting::confirm_company(c, &ring, now, staff, company, "营业执照原件"))
        .await
        .unwrap();
    (wang, button(&browser.get("/me/acting").await.ok(), "/me/acting/switch").remove(0))
}

/// Takes up what is offered.
pub async fn takes_up(browser: &Browser<'_>) -> String {
    let offer = button(&browser.get("/me/acting").await.ok(), "/me/acting/accept").remove(0);
    let taken = browser.post("/me/acting/accept", &[("delegation", &offer)]).await;
    assert_eq!(taken.header("location"), "/me/acting?said=accepted");
    offer
}

pub async fn switch(browser: &Browser<'_>, to: &str) -> String {
    browser.post("/me/acting/switch", &[("delegation", to)]).await.header("location").to_owned()
}

fn signed(now: Moment, agent: CitizenId, delegation: &str, principal: Uuid) -> Signed {
    let acting = Acting {
        delegation: delegation.parse().unwrap(),
        principal,
        kind: "person".to_owned(),
        name: "王*".to_owned(),
    };
    Signed {
        realm: Realm::Citizen,
        subject: agent.uuid(),
        level: 3,
        methods: Vec::new(),
        proved_at: now,
        name: String::new(),
        acting: Some(acting),
        role: None,
    }
}

const RENEWAL: Matter<'static> = Matter::Service { code: "YZ02022", domain: "D02", agent_allowed: true };

async fn asks(town: &Town, signed: Signed, matter: Matter<'static>) -> Result<Party, Refused> {
    let now = town.clock.now();
    town.db.read(move |c| acting::represented(c, now, &signed, &matter)).await
}

async fn looks_by_citizens(town: &Town, at: CitizenId) -> Vec<(String, String)> {
    town.db
        .read(move |c| {
            looks::table
                .filter(looks::citizen_id.eq(at))
                .filter(looks::actor_kind.eq("citizen"))
                .select((looks::actor, looks::fields))
                .load(c)
                .map_err(DbError::from)
        })
        .await
        .unwrap()
}

on_both_engines! {
    /// Two offers between the same two, taken up at once: neither press ends in an error, and one of them holds.
    async fn of_two_offers_taken_up_at_once_one_holds(town: Town) {
        let (lin, wang) = (lin(&town).await, wang(&town).await);
        let browser = Browser::of(&town, lin, 3).await;
        for round in 0..6 {
            for _ in 0..2 {
                assert_eq!(grant(&Browser::of(&town, wang, 3).await, &[]).await.status, 303);
            }
            let offers = button(&browser.get("/me/acting").await.ok(), "/me/acting/accept");
            assert_eq!(offers.len(), 2, "{round}");
            let token = browser.get("/display").await.ok().attributes("input[name=csrf]", "value").remove(0);
            let sent = offers.iter().map(|offer| {
                let fields = [("csrf", token.as_str()), ("delegation", offer.as_str())];
                let request = town.client().post(town.url("/me/acting/accept"));
                town.ask(request.header("cookie", browser.all_cookies()).form(&fields))
            });
            for answer in join_all(sent).await {
                assert_eq!(answer.location(), "/me/acting?said=accepted", "{} {}", answer.status, answer.body);
            }
            let active = "SELECT CAST(count(*) AS TEXT) AS line FROM delegations WHERE state = 'active'";
            assert_eq!(town.lines(active.to_owned()).await, ["1"], "{round}");
        }
        town.close().await;
    }

    /// From the offer to the act, and both sides see it.
    async fn an_agent_acts_and_the_represented_person_sees_it(town: Town) {
        let (lin, wang, id) = acts(&town, &[]).await;
        let agent = Browser::of(&town, lin, 3).await;
        let before = agent.cookie("session").unwrap();
        assert_eq!(switch(&agent, &id).await, "/me/acting?said=switched");
        let after = agent.cookie("session").unwrap();
        assert_ne!(before, after, "what a session may do changed, so its token did");
        agent.set("session", &before);
        assert_eq!(agent.get("/me/acting").await.status, 303, "the old token is over");
        agent.set("session", &after);
        // On every page, also one that has nothing to do with it.
        for path in ["/me/acting", "/about", "/services/YZ02022"] {
            let bar = agent.get(path).await.ok().texts(".acting");
            assert!(bar.concat().contains("王*") && !bar.concat().contains("王建"), "{path}: {bar:?}");
        }
        let seen = agent.get("/me/acting/person").await.ok();
        assert_eq!(seen.texts(".facts dd"), ["王*", "138****0002", "990*************7".replace('7', &number("19600229", 7)[16..]).as_str()]);
        assert!(!seen.body.contains("13800000002"), "masked");
        let looks = looks_by_citizens(&town, wang).await;
        assert_eq!(looks.len(), 1);
        assert_eq!(looks[0].0, lin.to_string());
        assert!(looks[0].1.contains("identity-number"));
        let told = Browser::of(&town, wang, 3).await.get("/me/acting").await.ok().texts("[aria-labelledby=deeds] li").join(" ");
        assert!(told.contains("林晓 查看了") && told.contains("林晓 开始"), "{told}");
        assert_eq!(switch(&agent, "").await, "/me/acting?said=back");
        assert!(agent.get("/about").await.ok().texts(".acting").is_empty());
        town.close().await;
    }

    /// The session still says so; the database does not.
    async fn a_delegation_used_after_revocation_is_refused(town: Town) {
        let (lin, wang, id) = acts(&town, &[]).await;
        let agent = Browser::of(&town, lin, 3).await;
        switch(&agent, &id).await;
        let still = signed(town.clock.now(), lin, &id, wang.uuid());
        assert!(asks(&town, still.clone(), RENEWAL).await.is_ok());
        let principal = Browser::of(&town, wang, 2).await;
        let revoked = principal.post("/me/acting/revoke", &[("delegation", &id)]).await;
        assert_eq!(revoked.header("location"), "/me/acting?said=revoked");
        assert!(matches!(asks(&town, still, RENEWAL).await, Err(Refused::NotHolding)));
        let refused = agent.get("/me/acting/person").await;
        assert_eq!((refused.status, refused.header("location")), (303, "/me/acting?said=refused"));
        assert!(looks_by_citizens(&town, wang).await.is_empty(), "nothing was seen");
        assert!(agent.get("/me/acting").await.ok().texts(".acting-now").concat().contains("失效"));
        assert_eq!(switch(&agent, &id).await, "/me/acting?said=refused");
        assert_eq!(switch(&agent, "").await, "/me/acting?said=back");
        town.close().await;
    }

    /// Whether there is an account behind a number is not to be found out by offering.
    async fn an_offer_tells_nobody_who_has_an_account(town: Town) {
        let (lin, wang) = (lin(&town).await, wang(&town).await);
        let browser = Browser::of(&town, wang, 3).await;
        let mut answers = Vec::new();
        for phone in ["13800000001", "13900009999"] {
            let answer = grant(&browser, &[("phone", phone)]).await;
            answers.push((answer.status, answer.header("location").to_owned(), answer.body));
        }
        assert_eq!(answers[0], answers[1]);
        let lines = browser.get("/me/acting").await.ok().texts("[aria-labelledby=agents] li");
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0], lines[1]);
        // The right number under the wrong name reaches nobody: numbers change hands.
        grant(&browser, &[("name", "林小")]).await;
        let offers = button(&Browser::of(&town, lin, 3).await.get("/me/acting").await.ok(), "/me/acting/accept");
        assert_eq!(offers.len(), 1);
        // Somebody else cannot take up what was not offered to them.
        let chen = citizen(&town, "陈雨", "13800000003", &number("19900101", 1)).await;
        let thief = Browser::of(&town, chen, 3).await;
        let taken = thief.post("/me/acting/accept", &[("delegation", &offers[0])]).await;
        assert_eq!(taken.header("location"), "/me/acting?said=refused");
        assert_eq!(thief.post("/me/acting/revoke", &[("delegation", &offers[0])]).await.status, 404);
        town.close().await;
    }

    async fn what_is_wrong_with_an_offer_is_said_and_the_answers_stay(town: Town) {
        let wang = wang(&town).await;
        let browser = Browser::of(&town, wang, 3).await;
        for (field, changes) in [
            ("name", vec![("name", "123")]),
            ("phone", vec![("phone", "110")]),
            ("phone", vec![("name", "王建"), ("phone", "13800000002")]),
            ("until", vec![("until", "2026-11-19")]),
            ("until", vec![("until", "2029-11-20")]),
            ("until", vec![("from", "2026-11-19")]),
            ("from", vec![("from", "yesterday")]),
            ("services", vec![("scope", "services"), ("services", "YZ99999")]),
            ("services", vec![("scope", "services")]),
            ("domains-D01", vec![("scope", "domains")]),
            ("proof", vec![("proof", "")]),
            ("for-me", vec![("for", "019358a0-0000-7000-8000-000000000000")]),
        ] {
            let answer = grant(&browser, &changes).await;
            assert_eq!(answer.status, 422, "{changes:?}");
            assert_eq!(answer.attributes(".errors a", "href"), [format!("#{field}")], "{changes:?}");
            assert!(answer.body.contains("委托林晓代我办理") || field == "proof", "{changes:?}");
        }
        // A session below level 3 is led to where it can be raised, and back.
        let low = Browser::of(&town, wang, 2).await.get("/me/acting/grant").await;
        assert_eq!(low.header("location"), "/me/verify?level=3&next=%2Fme%2Facting%2Fgrant");
        town.close().await;
    }

    async fn an_agent_reaches_as_far_as_agreed_and_hands_nothing_on(town: Town) {
        let changes = [("scope", "services"), ("services", "yz02022"), ("from", "2026-11-21"), ("until", "2026-11-22")];
        let (lin, wang, id) = acts(&town, &changes).await;
        let now = signed(town.clock.now(), lin, &id, wang.uuid());
        assert!(matches!(asks(&town, now.clone(), RENEWAL).await, Err(Refused::NotHolding)), "not begun");
        town.clock.advance(TimeDelta::hours(13));
        let party = asks(&town, now.clone(), RENEWAL).await.unwrap();
        assert_eq!((party.acting, party.citizen()), (lin, Some(wang)));
        let other = Matter::Service { code: "YZ02021", domain: "D02", agent_allowed: true };
        assert!(matches!(asks(&town, now.clone(), other).await, Err(Refused::OutOfScope)));
        let in_person = Matter::Service { code: "YZ02022", domain: "D02", agent_allowed: false };
        assert!(matches!(asks(&town, now.clone(), in_person).await, Err(Refused::InPerson)));
        // A session that names somebody else as represented is a forgery, or a mix-up.
        let forged = signed(town.clock.now(), lin, &id, lin.uuid());
        assert!(matches!(asks(&town, forged, RENEWAL).await, Err(Refused::NotHolding)));
        // And another's delegation is nobody's.
        let chen = citizen(&town, "陈雨", "13800000003", &number("19900101", 1)).await;
        let stolen = signed(town.clock.now(), chen, &id, wang.uuid());
        assert!(matches!(asks(&town, stolen, RENEWAL).await, Err(Refused::NotHolding)));
        let agent = Browser::of(&town, lin, 3).await;
        switch(&agent, &id).await;
        assert_eq!(agent.get("/me/acting/grant").await.header("location"), "/me/acting?said=oneself");
        assert_eq!(grant(&agent, &[]).await.header("location"), "/me/acting?said=oneself");
        // Over at the end of the last day.
        town.clock.advance(TimeDelta::hours(48));
        assert!(matches!(asks(&town, now.clone(), RENEWAL).await, Err(Refused::NotHolding)));
        town.work().await;
        let state: String = town.db.read(|c| delegations::table.select(delegations::state).first(c).map_err(DbError::from)).await.unwrap();
        assert_eq!(state, "ended");
        town.close().await;
    }

    async fn a_closed_account_is_represented_by_nobody(town: Town) {
        let (lin, wang, id) = acts(&town, &[]).await;
        let now = signed(town.clock.now(), lin, &id, wang.uuid());
        town.sql("UPDATE citizens SET state = 'held'").await;
        assert!(matches!(asks(&town, now, RENEWAL).await, Err(Refused::NotHolding)));
        town.close().await;
    }

    /// Claimed, checked, asked at fourteen, over at eighteen.
    async fn a_parent_acts_for_a_child_until_it_is_of_age(town: Town) {
        let lin = lin(&town).await;
        let parent = Browser::of(&town, lin, 3).await;
        let child = |birth: &str| {
            [("name", "林小满".to_owned()), ("number", number(birth, 8)), ("proof", "户口簿第3页".to_owned())]
        };
        let register = async |browser: &Browser<'_>, birth: &str| {
            let fields = child(birth);
            let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            browser.post("/me/acting/child", &fields).await
        };
        let adult = register(&parent, "20081120").await;
        assert_eq!((adult.status, adult.attributes(".errors a", "href")), (422, vec!["#number".to_owned()]));
        assert_eq!(register(&parent, "20121121").await.header("location"), "/me/acting?said=child");
        let page = parent.get("/me/acting").await.ok();
        assert!(button(&page, "/me/acting/switch").is_empty(), "not before the papers were seen");
        let id: DelegationId = button(&page, "/me/acting/revoke").remove(0).parse().unwrap();
        let (ring, now, staff) = (keys(&town), town.clock.now(), StaffId::new());
        town.db.tx(move |c| acting::confirm_child(c, &ring, now, staff, id, "户口簿原件")).await.unwrap();
        let principal: CitizenId = town.db
            .read(|c| delegations::table.select(delegations::citizen_id).first(c).map_err(DbError::from))
            .await
            .unwrap();
        let says = signed(now, lin, &id.to_string(), principal.uuid());
        assert_eq!(asks(&town, says.clone(), RENEWAL).await.unwrap().citizen(), Some(principal));
        assert_eq!(switch(&parent, &id.to_string()).await, "/me/acting?said=switched");
        // Tomorrow is the fourteenth birthday.
        town.clock.advance(TimeDelta::hours(12));
        assert!(matches!(asks(&town, says.clone(), RENEWAL).await, Err(Refused::ChildNotAsked)));
        let parent = Browser::of(&town, lin, 3).await;
        assert_eq!(switch(&parent, &id.to_string()).await, "/me/acting?said=refused");
        // The parent cannot agree in the child's place; the child can.
        assert_eq!(parent.post("/me/acting/agree", &[("delegation", &id.to_string())]).await.status, 404);
        let own = Browser::of(&town, principal, 2).await;
        assert_eq!(button(&own.get("/me/acting").await.ok(), "/me/acting/agree"), [id.to_string()]);
        own.post("/me/acting/agree", &[("delegation", &id.to_string())]).await;
        assert!(asks(&town, says.clone(), RENEWAL).await.is_ok());
        // Midnight of the eighteenth birthday in the city, to the microsecond.
        let birthday: Moment = "2030-11-20T16:00:00Z".parse().unwrap();
        town.clock.advance(birthday - town.clock.now() - TimeDelta::microseconds(1));
        assert!(asks(&town, says.clone(), RENEWAL).await.is_ok());
        town.clock.advance(TimeDelta::microseconds(1));
        assert!(matches!(asks(&town, says, RENEWAL).await, Err(Refused::NotHolding)));
        town.close().await;
    }

    async fn a_company_is_its_confirmed_legal_person_s(town: Town) {
        let (lin, wang) = (lin(&town).await, wang(&town).await);
        let boss = Browser::of(&town, wang, 3).await;
        let claim = async |code: &str| {
            boss.post("/me/acting/company", &[("credit", code), ("name", "云江酱园有限公司"), ("proof", "营业执照副本")]).await
        };
        assert_eq!(claim("119901009900000173").await.status, 422);
        assert_eq!(claim("119901009900000172").await.header("location"), "/me/acting?said=company");
        let (ring, now) = (keys(&town), town.clock.now());
        let company = town.db.read(move |c| acting::companies_of(c, wang)).await.unwrap().remove(0).id;
        let for_company = company.to_string();
        assert_eq!(grant(&boss, &[("for", &for_company)]).await.status, 422, "claimed is not confirmed");
        let staff = StaffId::new();
        town.db.tx(move |c| acting::confirm_company(c, &ring, now, staff, company, "营业执照原件")).await.unwrap();
        assert_eq!(button(&boss.get("/me/acting").await.ok(), "/me/acting/switch").len(), 1);
        assert_eq!(grant(&boss, &[("for", &for_company)]).await.status, 303);
        let agent = Browser::of(&town, lin, 3).await;
        let id = button(&agent.get("/me/acting").await.ok(), "/me/acting/accept").remove(0);
        agent.post("/me/acting/accept", &[("delegation", &id)]).await;
        switch(&agent, &id).await;
        assert!(agent.get("/about").await.ok().texts(".acting").concat().contains("云江酱园有限公司"));
        let says = signed(now, lin, &id, company.uuid());
        let party = asks(&town, says.clone(), RENEWAL).await.unwrap();
        assert!(matches!(party.represented, Represented::Company { legal_person, .. } if legal_person == wang));
        assert_eq!(party.citizen(), None, "a company's matters are not its legal person's");
        // The agent learns nothing of the legal person.
        let seen = agent.get("/me/acting/person").await.ok();
        assert!(!seen.body.contains("王") && !seen.body.contains("138****0002"));
        assert!(boss.get("/me/acting").await.ok().texts("[aria-labelledby=deeds]").concat().contains("林晓 开始"));
        // Another proves to be the legal person now: the former one's agents are out.
        let chen = citizen(&town, "陈雨", "13800000003", &number("19900101", 1)).await;
        let ring = keys(&town);
        town.db.tx(move |c| {
            let next = acting::claim_company(c, &ring, now, chen, "119901009900000172", "云江酱园有限公司", "变更")?;
            acting::confirm_company(c, &ring, now, staff, next, "变更登记")
        }).await.unwrap();
        assert!(matches!(asks(&town, says, RENEWAL).await, Err(Refused::NotHolding)));
        town.close().await;
    }

    /// A second offer between the same two replaces the first, also when the first is over but not yet swept.
    async fn between_two_people_one_delegation_holds(town: Town) {
        let (lin, wang, first) = acts(&town, &[("until", "2026-11-20")]).await;
        for _ in 0..2 {
            grant(&Browser::of(&town, wang, 3).await, &[("from", "2026-11-22"), ("until", "2026-12-31")]).await;
            let agent = Browser::of(&town, lin, 3).await;
            let offer = button(&agent.get("/me/acting").await.ok(), "/me/acting/accept").remove(0);
            let taken = agent.post("/me/acting/accept", &[("delegation", &offer)]).await;
            assert_eq!(taken.header("location"), "/me/acting?said=accepted");
            town.clock.advance(TimeDelta::hours(13));
        }
        let active: Vec<String> = town.db.read(|c| {
            delegations::table.filter(delegations::state.eq("active")).select(delegations::id).load::<DelegationId>(c).map_err(DbError::from)
        }).await.unwrap().into_iter().map(|id| id.to_string()).collect();
        assert_eq!(active.len(), 1);
        assert_ne!(active[0], first);
        town.close().await;
    }

    /// Whatever the program does: the database holds it together.
    async fn the_database_itself_refuses_what_must_not_be(town: Town) {
        let (lin, wang, _) = acts(&town, &[]).await;
        let now = town.clock.now();
        // Each change makes one active row wrong in one way.
        let wrongs = [
            "agent_id = citizen_id",
            "agent_id = NULL",
            "kind = 'friend'",
            "kind = 'company'",
            "state = 'perhaps'",
            "ends_at = starts_at",
        ];
        for wrong in wrongs {
            let statement = format!("UPDATE delegations SET {wrong}");
            let refused: Result<(), DbError> = town.db.tx(move |c| {
                diesel::sql_query(statement).execute(c).map(|_| ()).map_err(DbError::from)
            }).await;
            assert!(refused.is_err(), "{wrong}");
        }
        for table in ["delegations", "deeds"] {
            let orphan = format!("UPDATE {table} SET citizen_id = agent_id, agent_id = NULL");
            let refused: Result<(), DbError> = town.db.tx(move |c| {
                diesel::sql_query("INSERT INTO deeds SELECT citizen_id, id, id, agent_id, NULL, agent_name, 'began', NULL, created_at FROM delegations").execute(c)?;
                diesel::sql_query(orphan).execute(c).map(|_| ()).map_err(DbError::from)
            }).await;
            assert!(refused.is_err(), "{table}");
        }
        let ring = keys(&town);
        let again: Result<(), ActingError> = town.db.tx(move |c| {
            let offer = acting::Offer {
                company: None,
                name: yimen::accounts::PersonName::parse("林晓").unwrap(),
                phone: yimen::accounts::Phone::parse("13800000001").unwrap(),
                scope: Scope::All,
                from: now,
                until: now + TimeDelta::days(1),
                proof: "x".to_owned(),
            };
            let id = acting::offer(c, &ring, now, wang, &offer)?;
            diesel::update(delegations::table.filter(delegations::id.eq(id)))
                .set((delegations::agent_id.eq(Some(lin)), delegations::state.eq("active")))
                .execute(c)?;
            Ok(())
        }).await;
        assert!(matches!(again, Err(ActingError::Db(DbError::Conflict(_)))), "a second active one: {again:?}");
        town.close().await;
    }
}
