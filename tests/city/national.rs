//! Signing in with a national identity provider, and everything that may be wrong with it.

use chrono::TimeDelta;
use diesel::prelude::*;
use jsonwebtoken::Algorithm;
use yimen::{
    accounts,
    db::{
        DbError,
        schema::{citizens, upstream_identities},
    },
    ledger::{self, CitizenId},
    platform::{config::ClientProof, keys::KeyRing},
    web::session::{self, Realm, Session, Token},
};

use crate::town::{
    Answer, Engine, Town,
    browser::{Browser, PASSWORD},
    national::{National, Twist},
};

const LIN: &str = "13800000001";
const NUMBER: &str = "990101198501010010";
const OTHER_NUMBER: &str = "990101195806010026";
const CHOOSE: &str = "/sign-in/with/national/choose?step=";

/// A town with two providers: `national`, who says who people are, and `other`.
async fn open(engine: Engine) -> (Town, National, National) {
    let (national, other) = (National::open(), National::open());
    let configs = vec![national.config("national"), other.config("other")];
    let town = Town::open_changed(engine, &[], move |config| config.national = configs).await;
    for provider in [&national, &other] {
        provider.follow(&town.clock);
        provider.person("lin", "林晓", NUMBER);
    }
    (town, national, other)
}

fn path(address: &str) -> String {
    let url = url::Url::parse(address).unwrap();
    format!("{}?{}", url.path(), url.query().unwrap_or_default())
}

/// To the provider, and back to the portal's door.
async fn there(browser: &Browser<'_>, provider: &National, begin: &str) -> String {
    let sent = browser.get(begin).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    path(&provider.consent(&sent.location()))
}

/// The whole way.
async fn with(browser: &Browser<'_>, provider: &National, begin: &str) -> Answer {
    let back = there(browser, provider, begin).await;
    browser.get(&back).await
}

/// The first time, which ends with an account.
async fn newcomer<'a>(town: &'a Town, provider: &National) -> Browser<'a> {
    let browser = town.browser();
    let met = with(&browser, provider, "/sign-in/with/national").await;
    let page = browser.get(&met.location()).await.ok();
    let entered = browser.answer(&page, "/sign-in/with/national/new", &[]).await;
    assert_eq!((entered.status, entered.location().as_str()), (303, "/me"), "{}", entered.body);
    browser
}

async fn session(town: &Town, browser: &Browser<'_>) -> Option<Session> {
    let (now, token) = (town.clock.now(), Token::from_cookie(&browser.cookie("session")?));
    town.db.read(move |c| session::find(c, now, Realm::Citizen, &token)).await.unwrap()
}

async fn subject(town: &Town, browser: &Browser<'_>) -> CitizenId {
    session(town, browser).await.expect("somebody is signed in").signed.subject.into()
}

async fn details(town: &Town, citizen: CitizenId) -> accounts::Details {
    let ring = KeyRing::open(&town.config.keys).unwrap();
    town.db.read(move |c| accounts::details(c, &ring, &ledger::own(citizen))).await.unwrap()
}

async fn links(town: &Town) -> i64 {
    town.db.read(|c| Ok::<_, DbError>(upstream_identities::table.count().get_result(c)?)).await.unwrap()
}

async fn accounts_there(town: &Town) -> i64 {
    town.db.read(|c| Ok::<_, DbError>(citizens::table.count().get_result(c)?)).await.unwrap()
}

macro_rules! with_providers {
    ($($(#[$doc:meta])* async fn $name:ident($town:ident, $national:ident, $other:ident) $body:block)*) => {$(
        $(#[$doc])*
        mod $name {
            use super::*;
            async fn body($town: Town, $national: National, $other: National) $body

            #[actix_web::test]
            async fn sqlite() {
                let (town, national, other) = open(Engine::Sqlite).await;
                body(town, national, other).await;
            }

            #[actix_web::test]
            async fn postgres() {
                let (town, national, other) = open(Engine::Postgres).await;
                body(town, national, other).await;
            }
        }
    )*};
}

// Behind the macro, which they use.
mod keys;
mod lies;

with_providers! {
    async fn the_first_time_opens_an_account_and_the_next_finds_it(town, national, _other) {
        let lin = town.browser();
        let page = lin.get("/sign-in?next=%2Fservices%2FYZ02022").await.ok();
        let ways = page.attributes("a[href^='/sign-in/with/']", "href");
        assert_eq!(ways.len(), 2, "{ways:?}");
        let met = with(&lin, &national, &ways[0]).await;
        assert!(met.location().starts_with(CHOOSE), "{} {}", met.location(), met.body);
        assert!(lin.cookie("session").is_none() && accounts_there(&town).await == 0, "nothing without a word");
        let page = lin.get(&met.location()).await.ok();
        let text = page.texts("main").join(" ");
        assert!(text.contains("林*") && text.contains("990*************10"), "{text}");
        assert!(!page.body.contains(NUMBER) && !page.body.contains("林晓"), "masked");
        let entered = lin.answer(&page, "/sign-in/with/national/new", &[]).await;
        assert_eq!(entered.location(), "/services/YZ02022");
        let citizen = subject(&town, &lin).await;
        let signed = session(&town, &lin).await.unwrap().signed;
        assert_eq!((signed.level, signed.name.as_str(), signed.methods), (4, "林*", vec!["national".to_owned()]));
        let known = details(&town, citizen).await;
        assert_eq!((known.level, known.identity_number.as_deref()), (4, Some(NUMBER)));
        // Sent twice, it opens no second account.
        assert_eq!(lin.answer(&page, "/sign-in/with/national/new", &[]).await.status, 400);

        lin.submit("/sign-out", &[]).await;
        let back = with(&lin, &national, "/sign-in/with/national?next=%2Fme%2Fsecurity").await;
        assert_eq!((back.status, back.location().as_str()), (303, "/me/security"));
        assert_eq!(subject(&town, &lin).await, citizen);
        assert_eq!(accounts_there(&town).await, 1);
        // Somebody else there is somebody else here.
        national.person("wang", "王芳", OTHER_NUMBER);
        let wang = newcomer(&town, &national).await;
        assert_ne!(subject(&town, &wang).await, citizen);
        town.told().await;
        town.close().await;
    }

    async fn an_account_is_linked_by_its_owner_s_word_alone(town, national, _other) {
        let lin = town.newcomer(LIN).await;
        let citizen = subject(&town, &lin).await;
        let before = lin.cookie("session");
        // What they claim is the account's own telephone and mailbox: that links nothing.
        national.claims(serde_json::json!({
            "sub": "lin", "name": "林晓", "identity_number": NUMBER,
            "phone_number": LIN, "phone_number_verified": true, "email": "lin@example.org", "email_verified": true,
        }));
        let stranger = town.browser();
        let met = with(&stranger, &national, "/sign-in/with/national").await;
        assert!(met.location().starts_with(CHOOSE) && stranger.cookie("session").is_none());
        // The owner's way: from the list, there and back, and a yes.
        let list = lin.get("/me/security/national").await.ok();
        let offers = list.attributes("main a[href^='/sign-in/with/']", "href");
        let met = with(&lin, &national, &offers[0]).await;
        let page = lin.get(&met.location()).await.ok();
        assert!(page.texts("form[action='/sign-in/with/national/new']").is_empty(), "no second account");
        assert_eq!(links(&town).await, 0);
        let linked = lin.answer(&page, "/sign-in/with/national/link", &[]).await;
        assert_eq!(linked.location(), "/me/security/national?done=linked", "{}", linked.body);
        assert_eq!(town.told().await, ["national-linked"]);
        assert_ne!(lin.cookie("session"), before, "what the session may do grew, so it is another");
        let signed = session(&town, &lin).await.unwrap().signed;
        assert_eq!((signed.level, CitizenId::from(signed.subject)), (4, citizen));
        assert_eq!(details(&town, citizen).await.identity_number.as_deref(), Some(NUMBER));
        // Next time it opens this account.
        lin.submit("/sign-out", &[]).await;
        assert_eq!(with(&lin, &national, "/sign-in/with/national").await.location(), "/me");
        assert_eq!(subject(&town, &lin).await, citizen);
        // And the password does not go: unlinking is fine.
        let list = lin.get("/me/security/national").await.ok();
        let unlinked = lin.answer(&list, "/me/security/national/unlink", &[]).await;
        assert_eq!(unlinked.location(), "/me/security/national?done=unlinked");
        assert_eq!(links(&town).await, 0);
        town.told().await;
        town.close().await;
    }

    /// Somebody signed in with a password needs more for a service: the provider gives it, and they go on where they were.
    async fn a_password_is_raised_on_the_way(town, national, _other) {
        let lin = town.newcomer(LIN).await;
        let page = lin.get("/me/verify?level=4&next=%2Fservices%2FYZ02015").await.ok();
        let ways = page.attributes("main a[href^='/sign-in/with/national']", "href");
        let met = with(&lin, &national, &ways[0]).await;
        let page = lin.get(&met.location()).await.ok();
        let linked = lin.answer(&page, "/sign-in/with/national/link", &[]).await;
        assert_eq!(linked.location(), "/services/YZ02015", "{}", linked.body);
        assert_eq!(session(&town, &lin).await.unwrap().signed.level, 4);
        // The next time there is nothing to choose.
        lin.submit("/sign-out", &[]).await;
        lin.submit("/sign-in", &[("login", LIN), ("password", PASSWORD)]).await;
        let raised = with(&lin, &national, &ways[0]).await;
        assert_eq!(raised.location(), "/services/YZ02015");
        assert_eq!(session(&town, &lin).await.unwrap().signed.level, 4);
        town.told().await;
        town.close().await;
    }

    async fn linking_asks_for_a_fresh_proof(town, national, _other) {
        let lin = town.newcomer(LIN).await;
        town.clock.advance(TimeDelta::minutes(11));
        let met = with(&lin, &national, "/sign-in/with/national").await;
        let page = lin.get(&met.location()).await.ok();
        assert!(page.texts("form[action='/sign-in/with/national/link']").is_empty());
        let prove = page.attributes("a[href^='/me/prove?next=']", "href");
        assert_eq!(prove.len(), 1, "{}", page.body);
        // The form as somebody would forge it who found the device open.
        let token = lin.get("/sign-out").await.ok().attributes("input[name=csrf]", "value").remove(0);
        let step = met.location().rsplit('=').next().unwrap().to_owned();
        let forged = lin.post("/sign-in/with/national/link", &[("csrf", &token), ("step", &step)]).await;
        assert!(forged.location().starts_with("/me/prove?next="), "{} {}", forged.status, forged.body);
        assert_eq!(links(&town).await, 0);
        // Having proved themselves they go on where they were.
        let proved = lin.submit(&prove[0], &[("password", PASSWORD)]).await;
        assert_eq!(proved.location(), met.location());
        let page = lin.get(&proved.location()).await.ok();
        assert_eq!(lin.answer(&page, "/sign-in/with/national/link", &[]).await.status, 303);
        assert_eq!(links(&town).await, 1);
        town.told().await;
        town.close().await;
    }

    /// Neither silence nor an old proof counts as one given just now.
    async fn a_fresh_proof_is_one_the_provider_vouches_for(town, national, _other) {
        drop(newcomer(&town, &national).await);
        for twist in [Twist::NoAuthTime, Twist::ProvedLongAgo] {
            national.twist(twist);
            let lin = town.browser();
            assert_eq!(with(&lin, &national, "/sign-in/with/national").await.location(), "/me", "{twist:?}");
            let kept = lin.get("/me/security/contact").await;
            assert!(kept.location().starts_with("/me/prove?next="), "{twist:?}: {}", kept.status);
            let prove = lin.get(&kept.location()).await.ok();
            let again = prove.attributes("a[href^='/sign-in/with/national']", "href").remove(0);
            assert!(lin.get(&again).await.location().contains("max_age=0"), "it is asked for");
            let session = lin.cookie("session");
            assert_eq!(with(&lin, &national, &again).await.status, 400, "{twist:?}");
            assert_eq!(lin.cookie("session"), session, "{twist:?}");
            national.twist(None);
            assert_eq!(with(&lin, &national, &again).await.location(), "/me/security/contact");
            lin.get("/me/security/contact").await.ok();
        }
        let stranger = town.browser().get("/sign-in/with/national").await.location();
        assert!(!stranger.contains("max_age"), "signing in carries over");
        town.told().await;
        town.close().await;
    }

    async fn a_number_that_somebody_proved_opens_nothing_for_others(town, national, other) {
        let lin = newcomer(&town, &national).await;
        let owner = subject(&town, &lin).await;
        // The same number from another provider, under another name for the person.
        other.person("somebody", "林晓", NUMBER);
        let stranger = town.browser();
        let met = with(&stranger, &other, "/sign-in/with/other").await;
        let page = stranger.get(&met.location()).await.ok();
        assert!(page.texts("main form").is_empty(), "no account is opened: {}", page.body);
        assert!(page.texts("main").join(" ").contains("已经在另一个账户里核验过"));
        let token = stranger.get("/sign-in").await.ok().attributes("input[name=csrf]", "value").remove(0);
        let step = met.location().rsplit('=').next().unwrap().to_owned();
        let forged = stranger.post("/sign-in/with/other/new", &[("csrf", &token), ("step", &step)]).await;
        assert_eq!(forged.status, 409, "{}", forged.body);
        assert!(stranger.cookie("session").is_none() && accounts_there(&town).await == 1);
        assert_eq!(town.told().await, ["identity-tried"], "the owner hears of it");
        // Somebody else's account does not become theirs by it either.
        let wang = town.newcomer("13800000002").await;
        let met = with(&wang, &other, "/sign-in/with/other").await;
        let page = wang.get(&met.location()).await;
        assert_eq!(page.status, 409);
        // The owner, signed in, links it.
        let met = with(&lin, &other, "/sign-in/with/other").await;
        let page = lin.get(&met.location()).await.ok();
        assert_eq!(lin.answer(&page, "/sign-in/with/other/link", &[]).await.status, 303);
        lin.submit("/sign-out", &[]).await;
        with(&lin, &other, "/sign-in/with/other").await;
        assert_eq!(subject(&town, &lin).await, owner);
        // And once proved to be somebody, an account never becomes somebody else.
        other.person("wang", "王芳", OTHER_NUMBER);
        let answer = with(&lin, &other, "/sign-in/with/other").await;
        let page = lin.get(&answer.location()).await.ok();
        let linked = lin.answer(&page, "/sign-in/with/other/link", &[]).await;
        assert_eq!(linked.status, 409, "{}", linked.body);
        assert_eq!(details(&town, owner).await.identity_number.as_deref(), Some(NUMBER));
        town.told().await;
        town.close().await;
    }

    /// The same name for a person at two providers is two people until somebody says otherwise.
    async fn one_provider_s_people_are_not_another_s(town, national, other) {
        national.claims(serde_json::json!({ "sub": "one-and-the-same", "name": "林晓", "identity_number": NUMBER }));
        let lin = newcomer(&town, &national).await;
        other.claims(
            serde_json::json!({ "sub": "one-and-the-same", "name": "王芳", "identity_number": OTHER_NUMBER }),
        );
        let stranger = town.browser();
        let met = with(&stranger, &other, "/sign-in/with/other").await;
        assert!(met.location().starts_with("/sign-in/with/other/choose?step="), "{}", met.location());
        assert!(stranger.cookie("session").is_none() && accounts_there(&town).await == 1);
        lin.get("/me").await.ok();
        town.told().await;
        town.close().await;
    }

    /// A description that names another issuer is somebody else's.
    async fn a_provider_is_described_by_itself_alone(town, national, _other) {
        national.twist(Twist::OtherMetadata);
        let browser = town.browser();
        let answer = browser.get("/sign-in/with/national").await;
        assert_eq!(answer.status, 503, "{}", answer.location());
        national.twist(None);
        town.clock.advance(TimeDelta::hours(2));
        assert_eq!(browser.get("/sign-in/with/national").await.status, 303);
        town.close().await;
    }

    async fn the_last_way_in_stays(town, national, other) {
        let lin = newcomer(&town, &national).await;
        let list = lin.get("/me/security/national").await.ok();
        let kept = lin.answer(&list, "/me/security/national/unlink", &[]).await;
        assert_eq!(kept.location(), "/me/security/national?done=last");
        assert_eq!(links(&town).await, 1);
        // Another's link is not there to be removed.
        other.person("wang", "王芳", OTHER_NUMBER);
        let wang = town.newcomer("13800000002").await;
        let id = list.attributes("input[name=id]", "value").remove(0);
        let met = with(&wang, &other, "/sign-in/with/other").await;
        let page = wang.get(&met.location()).await.ok();
        wang.answer(&page, "/sign-in/with/other/link", &[]).await;
        let list = wang.get("/me/security/national").await.ok();
        assert_eq!(wang.answer(&list, "/me/security/national/unlink", &[("id", &id)]).await.status, 404);
        assert_eq!(links(&town).await, 2);
        town.told().await;
        town.close().await;
    }

    async fn a_closed_account_stays_closed(town, national, _other) {
        let lin = newcomer(&town, &national).await;
        lin.submit("/sign-out", &[]).await;
        town.sql("UPDATE citizens SET state = 'held'").await;
        assert_eq!(with(&lin, &national, "/sign-in/with/national").await.status, 403);
        assert!(lin.cookie("session").is_none());
        town.told().await;
        town.close().await;
    }
}
