//! Notices to programs and browsers of people's own.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use aes_gcm::{Aes128Gcm, Key, KeyInit as _, Nonce, aead::Aead as _};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use chrono::TimeDelta;
use hkdf::Hkdf;
use p256::{
    PublicKey, SecretKey,
    ecdh::diffie_hellman,
    ecdsa::{Signature, VerifyingKey, signature::Verifier as _},
    elliptic_curve::sec1::ToSec1Point as _,
};
use serde_json::{Value, json};
use sha2::Sha256;
use yimen::{
    accounts::{self, Tell, What},
    ledger::CitizenId,
};
use yimen_drivers::rest::signing::Signing;

use crate::{
    inbox::{DAY_AND_NIGHT, lin},
    people::{Browser, citizen, number},
    town::{
        Engine, Town,
        outside::{Asked, Post, Told, listen},
    },
    with_post,
};

const PAGE: &str = "/me/notices/outlets";

/// A program of somebody's, or the carrier of a browser's messages; and what else stands outside.
struct Outside {
    post: Post,
    at: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
    /// What it answers with, one after the other; then all is well.
    answers: Arc<Mutex<Vec<u16>>>,
    /// Whether it gives challenges back.
    answers_challenges: Arc<AtomicBool>,
}

impl Outside {
    async fn town(engine: Engine) -> (Town, Self) {
        Self::town_with(engine, &[("YIMEN_OUTLETS_ALLOW", "[\"127.0.0.1\"]")]).await
    }

    async fn town_with(engine: Engine, more: &[(&str, &str)]) -> (Town, Self) {
        let (post, settings) = Post::open();
        let (asked, answers) = (Arc::<Mutex<Vec<Asked>>>::default(), Arc::<Mutex<Vec<u16>>>::default());
        let answers_challenges = Arc::new(AtomicBool::new(true));
        let (hearing, next, gives) = (asked.clone(), answers.clone(), answers_challenges.clone());
        let at = listen(move |request| {
            hearing.lock().unwrap().push(request.clone());
            let mut answers = next.lock().unwrap();
            let status = if answers.is_empty() { 200 } else { answers.remove(0) };
            let said: Value = serde_json::from_str(&request.body).unwrap_or_default();
            let challenge = said["data"]["challenge"].as_str().filter(|_| gives.load(Ordering::SeqCst));
            let location = vec![("location", "http://127.0.0.1:9/".to_owned())];
            Told(status, location, json!({ "challenge": challenge }).to_string())
        });
        let mut settings: Vec<(&str, &str)> =
            settings.iter().map(|(key, value)| (*key, value.as_str())).collect();
        settings.push(("YIMEN_OUTLETS_WEBHOOKS", "true"));
        settings.push(("YIMEN_OUTLETS_PUSH_CONTACT", "mailto:operator@yimen.example.org"));
        settings.extend_from_slice(more);
        let town = Town::open_with(engine, &settings).await;
        (town, Self { post, at, asked, answers, answers_challenges })
    }

    fn hook(&self) -> String {
        format!("http://{}/hook?from=yimen", self.at)
    }

    /// What came since this was last asked.
    fn heard(&self) -> Vec<Asked> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }

    fn texts(&self) -> usize {
        self.post.texts.lock().unwrap().len()
    }
}

impl Town {
    /// Adds the program's address and has it confirmed. The secret.
    async fn confirmed(&self, who: CitizenId, outside: &Outside) -> String {
        let browser = Browser::of(self, who, 2).await;
        let added = browser.post(PAGE, &[("address", &outside.hook())]).await.ok();
        let secret = added.texts("#secret ~ p code").remove(0);
        let id =
            added.attributes("form[action='/me/notices/outlets/confirm'] input[name=id]", "value").remove(0);
        let asked = browser.post("/me/notices/outlets/confirm", &[("id", &id)]).await;
        assert_eq!(asked.location(), "/me/notices/outlets?said=asked");
        self.work().await;
        self.work().await;
        secret
    }

    async fn wants_cases_by(&self, who: CitizenId, carrier: &str) {
        self.chooses(who, &[&DAY_AND_NIGHT[..], &[("cases", carrier)]].concat()).await;
    }

    /// How somebody's outlets stand.
    async fn stand(&self, who: CitizenId) -> Vec<String> {
        Browser::of(self, who, 2).await.get(PAGE).await.ok().texts("main .lines .tag")
    }
}

/// What it says, if it was signed with the secret.
fn checked(town: &Town, secret: &str, asked: &Asked) -> Value {
    let header = |name: &str| asked.headers[name].as_str();
    let headers = (header("x-yimen-timestamp"), header("x-yimen-nonce"), header("x-yimen-signature"));
    let request = ("POST", "/hook?from=yimen", asked.bytes.as_slice());
    Signing::check(secret.as_bytes(), town.clock.now(), request, headers).unwrap();
    assert!(Signing::check(b"another", town.clock.now(), request, headers).is_err());
    assert!(asked.headers["content-type"].starts_with("application/cloudevents+json"));
    serde_json::from_str(&asked.body).unwrap()
}

with_post! {
    Outside::town => Outside;

    async fn a_program_that_gave_its_challenge_back_gets_signed_notices(town, outside) {
        let lin = lin(&town).await;
        town.chooses(lin, &DAY_AND_NIGHT).await;
        let browser = Browser::of(&town, lin, 2).await;
        let added = browser.post(PAGE, &[("address", &outside.hook())]).await.ok();
        let secret = added.texts("#secret ~ p code").remove(0);
        assert_eq!(secret.len(), 43);
        // Pressed twice it is one, with the same secret; afterwards the secret stands nowhere.
        let again = browser.post(PAGE, &[("address", &outside.hook())]).await.ok();
        assert_eq!(again.texts("#secret ~ p code"), [secret.as_str()]);
        let page = browser.get(PAGE).await.ok();
        assert!(!page.body.contains(&secret) && page.texts("main .lines .tag") == ["尚未确认"], "{}", page.body);
        // Before it is confirmed nothing goes there, and it cannot be chosen.
        town.case_goes_on(lin, "accepted").await;
        town.work().await;
        assert!(outside.heard().is_empty());
        let choices = browser.get("/me/notices/choices").await.ok();
        assert!(choices.attributes("input[name=cases]", "value") == ["sms", "email"]);
        let id = page.attributes("form[action='/me/notices/outlets/confirm'] input[name=id]", "value").remove(0);
        browser.post("/me/notices/outlets/confirm", &[("id", &id)]).await;
        town.work().await;
        let heard = outside.heard();
        let said = checked(&town, &secret, &heard[0]);
        assert_eq!((heard[0].method.as_str(), said["type"].as_str()), ("POST", Some("challenge")));
        assert_eq!(town.stand(lin).await, ["可用"]);
        // Its owner hears of it every way there is.
        town.work().await;
        let told = outside.post.texts.lock().unwrap().pop().unwrap().body;
        assert!(told.contains("浏览器、程序或手机应用"), "{told}");
        outside.heard();
        town.wants_cases_by(lin, "webhook").await;
        let texts = outside.texts();
        town.case_goes_on(lin, "granted").await;
        town.work().await;
        let heard = outside.heard();
        assert_eq!((heard.len(), outside.texts()), (1, texts));
        let said = checked(&town, &secret, &heard[0]);
        let origin = town.portal().site.origin();
        assert_eq!((said["specversion"].as_str(), said["source"].as_str()), (Some("1.0"), Some(origin)));
        assert_eq!((said["type"].as_str(), said["data"]["topic"].as_str()), (Some("notice"), Some("cases")));
        assert_eq!(said["data"]["link"].as_str().unwrap(), format!("{origin}/me/cases/2026-7KQ3-MFXD"));
        assert_eq!(said["id"].as_str(), Some(heard[0].headers["idempotency-key"].as_str()));
        assert_eq!(said["data"].as_object().unwrap().len(), 3, "{said}");
        assert!(town.balance().await.holds());
        // Nothing of where it leads can be read in the tables, and nobody else gets at it.
        let kept = town.dump(&["notice_outlets", "notice_ways", "jobs"]).await;
        assert!(!kept.contains("hook?from") && !kept.contains(&secret), "{kept}");
        let other = Browser::of(&town, citizen(&town, "王芳", "13800000002", &number("19850101", 2)).await, 2).await;
        other.post("/me/notices/outlets/remove", &[("id", &id)]).await;
        other.post("/me/notices/outlets/confirm", &[("id", &id)]).await;
        assert_eq!((town.stand(lin).await.len(), outside.heard().len()), (1, 0));
        // What waits when it is removed goes nowhere.
        town.chooses(lin, &[("quiet_from", "12:00"), ("quiet_until", "13:00"), ("cases", "webhook")]).await;
        town.case_goes_on(lin, "accepted").await;
        town.work().await;
        browser.post("/me/notices/outlets/remove", &[("id", &id)]).await;
        town.pass(TimeDelta::hours(2)).await;
        assert!(outside.heard().is_empty() && town.stand(lin).await.is_empty());
        assert!(town.balance().await.holds());
        town.close().await;
    }

    async fn a_program_that_does_not_give_it_back_never_hears_anything(town, outside) {
        let lin = lin(&town).await;
        outside.answers_challenges.store(false, Ordering::SeqCst);
        town.confirmed(lin, &outside).await;
        assert_eq!((outside.heard().len(), town.stand(lin).await), (1, vec!["确认请求没有得到正确答复".to_owned()]));
        // Nor one that refuses, or leads elsewhere.
        outside.answers_challenges.store(true, Ordering::SeqCst);
        for status in [500, 404, 302] {
            outside.answers.lock().unwrap().push(status);
            town.confirmed(lin, &outside).await;
            assert_eq!(town.stand(lin).await, ["确认请求没有得到正确答复"], "{status}");
        }
        outside.heard();
        let now = town.clock.now();
        town.db.tx(move |c| accounts::tell(c, now, &Tell::new(lin, What::NewDevice, now))).await.unwrap();
        town.work().await;
        assert!(outside.heard().is_empty());
        // In the clear nothing leaves this machine, and what is no address is told beside the field.
        let browser = Browser::of(&town, lin, 2).await;
        for wrong in ["http://bot.example.org/hook", "bot.example.org", "https://me:pw@bot.example.org/"] {
            let refused = browser.post(PAGE, &[("address", wrong)]).await;
            assert_eq!((refused.status, refused.attributes(".errors a", "href")), (422, vec!["#address".to_owned()]));
        }
        // Whoever finds a session open cannot add one without proving who they are.
        town.clock.advance(TimeDelta::minutes(11));
        let led = browser.post(PAGE, &[("address", "https://bot.example.org/hook")]).await;
        assert!(led.status == 303 && led.location().starts_with("/me/prove"), "{}", led.location());
        assert_eq!(town.stand(lin).await.len(), 1);
        town.close().await;
    }

    async fn a_program_that_fails_is_tried_again_under_the_same_number_and_then_left_alone(town, outside) {
        let lin = lin(&town).await;
        let secret = town.confirmed(lin, &outside).await;
        town.wants_cases_by(lin, "webhook").await;
        outside.heard();
        outside.answers.lock().unwrap().extend([503, 302, 429]);
        town.case_goes_on(lin, "accepted").await;
        town.work().await;
        assert_eq!(town.stand(lin).await, ["最近一条没有送达"]);
        for _ in 0..6 {
            town.pass(TimeDelta::minutes(2)).await;
        }
        let heard = outside.heard();
        assert_eq!(heard.len(), 4, "until it was taken");
        let numbers: Vec<Value> = heard.iter().map(|one| checked_id(&one.body)).collect();
        assert!(numbers.iter().all(|id| *id == numbers[0]), "{numbers:?}");
        let nonces: std::collections::BTreeSet<&str> =
            heard.iter().map(|one| one.headers["x-yimen-nonce"].as_str()).collect();
        assert_eq!(nonces.len(), 4);
        assert!(town.balance().await.holds());
        // It says that it is gone: nothing more is sent there until its owner says that it works again.
        outside.answers.lock().unwrap().push(410);
        town.case_goes_on(lin, "granted").await;
        town.work().await;
        assert_eq!((outside.heard().len(), town.balance().await.failed["undelivered"]), (1, 1));
        town.case_goes_on(lin, "accepted").await;
        town.work().await;
        assert!(outside.heard().is_empty());
        assert_eq!(town.balance().await.suppressed["unreached"], 1);
        assert_eq!(town.stand(lin).await, ["没能送达"]);
        let browser = Browser::of(&town, lin, 2).await;
        let choices = browser.get("/me/notices/choices").await.ok().texts("main").join(" ");
        assert!(choices.contains("通知没能送到您的程序"), "{choices}");
        browser.post("/me/notices/reached", &[]).await;
        town.case_goes_on(lin, "granted").await;
        town.work().await;
        let heard = outside.heard();
        assert_eq!((heard.len(), town.stand(lin).await), (1, vec!["可用".to_owned()]));
        checked(&town, &secret, &heard[0]);
        // One that fails for hours is left alone as well; what waited stands in the inbox, and the account holds.
        outside.answers.lock().unwrap().extend([500; 200]);
        town.case_goes_on(lin, "accepted").await;
        for _ in 0..60 {
            town.pass(TimeDelta::minutes(10)).await;
        }
        assert_eq!(town.stand(lin).await, ["没能送达"]);
        let balance = town.balance().await;
        assert!(balance.holds() && balance.waiting == 0 && balance.failed["undelivered"] == 2, "{balance:?}");
        town.close().await;
    }

    async fn quiet_hours_and_enough_hold_for_programs_too(town, outside) {
        let lin = lin(&town).await;
        let secret = town.confirmed(lin, &outside).await;
        town.chooses(lin, &[("quiet_from", "12:00"), ("quiet_until", "13:00"), ("cases", "webhook")]).await;
        outside.heard();
        for _ in 0..12 {
            town.case_goes_on(lin, "accepted").await;
        }
        town.work().await;
        assert!(outside.heard().is_empty(), "it is quiet");
        town.pass(TimeDelta::minutes(61)).await;
        let heard = outside.heard();
        // One of the day's ten was that the program was added.
        assert!(heard.len() == 9, "{}", heard.len());
        checked(&town, &secret, &heard[0]);
        let balance = town.balance().await;
        assert!(balance.holds() && balance.suppressed["enough"] == 3, "{balance:?}");
        town.close().await;
    }

    async fn a_browser_gets_what_only_it_can_read(town, outside) {
        let lin = lin(&town).await;
        let (secret, auth) = (SecretKey::from_slice(&[7; 32]).unwrap(), [9; 16]);
        let page = Browser::of(&town, lin, 2).await.get(PAGE).await.ok();
        let key = page.attributes("button[data-push][hidden]", "data-key").remove(0);
        assert_eq!(page.attributes("script[type=module]", "src").iter().filter(|at| at.ends_with("push.js")).count(), 1);
        let worker = town.get("/notices/worker.js").await.ok();
        assert!(worker.header("content-type").starts_with("text/javascript") && worker.header("cache-control") == "no-cache");
        let endpoint = format!("http://{}/push/abc", outside.at);
        town.turns_on(lin, &endpoint, &secret, auth).await;
        town.turns_on(lin, &endpoint, &secret, auth).await;
        assert_eq!(town.stand(lin).await, ["可用"], "once, however often it is pressed");
        town.work().await;
        let news = outside.heard();
        assert_eq!(news.len(), 1, "that it was added");
        town.wants_cases_by(lin, "push").await;
        let texts = outside.texts();
        town.case_goes_on(lin, "accepted").await;
        town.work().await;
        let heard = outside.heard();
        assert_eq!((heard.len(), outside.texts()), (1, texts));
        let message = &heard[0];
        assert!(!String::from_utf8_lossy(&message.bytes).contains("7KQ3"));
        let said: Value = serde_json::from_slice(&opened(&secret, auth, &message.bytes)).unwrap();
        assert_eq!(said["path"], "/me/cases/2026-7KQ3-MFXD");
        assert!(said["title"].as_str().unwrap().contains('：') && said.as_object().unwrap().len() == 4, "{said}");
        let header = |name: &str| message.headers[name].as_str();
        assert_eq!((header("content-encoding"), header("ttl"), header("urgency")), ("aes128gcm", "86400", "normal"));
        // Whoever carries it knows that it is from us.
        let claims = proved(header("authorization"), &key);
        assert_eq!(claims["aud"], format!("http://{}", outside.at));
        assert_eq!(claims["sub"], "mailto:operator@yimen.example.org");
        let lasts = claims["exp"].as_i64().unwrap() - town.clock.now().timestamp();
        assert!(lasts > 0 && lasts <= 24 * 3600, "{lasts}");
        let kept = town.dump(&["notice_outlets", "notice_ways"]).await;
        assert!(!kept.contains("push/abc"), "{kept}");
        // A carrier that is busy is asked again; a browser that is gone is forgotten.
        outside.answers.lock().unwrap().extend([429, 201, 410]);
        town.case_goes_on(lin, "granted").await;
        town.work().await;
        town.pass(TimeDelta::minutes(2)).await;
        assert_eq!((outside.heard().len(), town.stand(lin).await.len()), (2, 1));
        town.case_goes_on(lin, "accepted").await;
        town.work().await;
        assert_eq!((outside.heard().len(), town.stand(lin).await.len()), (1, 0));
        let balance = town.balance().await;
        assert!(balance.holds() && balance.failed["undelivered"] == 1, "{balance:?}");
        town.close().await;
    }

    /// A browser is one person's: whoever turns it on has it to themselves.
    async fn a_browser_changes_hands(town, outside) {
        let lin = lin(&town).await;
        let wang = citizen(&town, "王芳", "13800000002", &number("19850101", 2)).await;
        let (secret, auth) = (SecretKey::from_slice(&[7; 32]).unwrap(), [9; 16]);
        let endpoint = format!("http://{}/push/abc", outside.at);
        town.turns_on(lin, &endpoint, &secret, auth).await;
        town.turns_on(wang, &endpoint, &secret, auth).await;
        assert_eq!((town.stand(lin).await.len(), town.stand(wang).await.len()), (0, 1));
        // What is no key, or leads elsewhere in the clear, is refused.
        let browser = Browser::of(&town, lin, 2).await;
        let key = BASE64.encode(secret.public_key().to_sec1_point(false).as_bytes());
        for (at, key, auth) in [
            (endpoint.as_str(), "AAAA", "AAAA"),
            (endpoint.as_str(), key.as_str(), "AAAA"),
            ("http://carrier.example/push", key.as_str(), "CQkJCQkJCQkJCQkJCQkJCQ"),
            ("", key.as_str(), "CQkJCQkJCQkJCQkJCQkJCQ"),
        ] {
            let fields = [("endpoint", at), ("p256dh", key), ("auth", auth)];
            assert_eq!(browser.post("/me/notices/outlets/browser", &fields).await.status, 403, "{at}");
        }
        // There is an end to how many somebody has.
        for order in 0..7 {
            let endpoint = format!("http://{}/push/{order}", outside.at);
            town.turns_on(lin, &endpoint, &secret, auth).await;
        }
        assert_eq!(town.stand(lin).await.len(), 5);
        town.close().await;
    }
}

fn checked_id(body: &str) -> Value {
    serde_json::from_str::<Value>(body).unwrap()["id"].clone()
}

impl Town {
    /// What the page's script does.
    async fn turns_on(&self, who: CitizenId, endpoint: &str, secret: &SecretKey, auth: [u8; 16]) {
        let key = BASE64.encode(secret.public_key().to_sec1_point(false).as_bytes());
        let fields = [("endpoint", endpoint), ("p256dh", &key), ("auth", &BASE64.encode(auth))];
        let on = Browser::of(self, who, 2).await.post("/me/notices/outlets/browser", &fields).await;
        assert!(on.location().starts_with("/me/notices/outlets?said="), "{} {}", on.status, on.location());
    }
}

/// As a browser opens it (RFC 8291).
fn opened(secret: &SecretKey, auth: [u8; 16], body: &[u8]) -> Vec<u8> {
    let (salt, rest) = body.split_at(16);
    assert_eq!((&rest[..4], rest[4]), (&4096_u32.to_be_bytes()[..], 65));
    let (theirs, sealed) = rest[5..].split_at(65);
    let sender = PublicKey::from_sec1_bytes(theirs).unwrap();
    let shared = diffie_hellman(secret.to_nonzero_scalar(), sender.as_affine());
    let own = secret.public_key().to_sec1_point(false);
    let info = [b"WebPush: info\0", own.as_bytes(), theirs].concat();
    let mut both = [0; 32];
    shared.extract::<Sha256>(Some(&auth)).expand(&info, &mut both).unwrap();
    let (mut key, mut nonce) = ([0; 16], [0; 12]);
    let derived = Hkdf::<Sha256>::new(Some(salt), &both);
    derived.expand(b"Content-Encoding: aes128gcm\0", &mut key).unwrap();
    derived.expand(b"Content-Encoding: nonce\0", &mut nonce).unwrap();
    let mut plain =
        Aes128Gcm::new(&Key::<Aes128Gcm>::from(key)).decrypt(&Nonce::from(nonce), sealed).unwrap();
    assert_eq!(plain.pop(), Some(2), "the last record");
    plain
}

/// What a proof says, if this key made it (RFC 8292).
fn proved(authorization: &str, key: &str) -> Value {
    let (token, named) = authorization.strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
    assert_eq!(named, key, "the key that the page gave the browser");
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let key = VerifyingKey::from_sec1_bytes(&BASE64.decode(key).unwrap()).unwrap();
    let signature = Signature::from_slice(&BASE64.decode(signature).unwrap()).unwrap();
    key.verify(signed.as_bytes(), &signature).unwrap();
    serde_json::from_slice(&BASE64.decode(signed.split_once('.').unwrap().1).unwrap()).unwrap()
}

/// What agencies' backends are allowed is not allowed to what people write: every town allows those this machine.
#[actix_web::test]
async fn without_the_operators_word_nothing_leads_inside() {
    let (town, outside) = Outside::town_with(Engine::Sqlite, &[]).await;
    let lin = lin(&town).await;
    let port = outside.at.port();
    for address in [
        outside.hook(),
        format!("https://127.0.0.1:{port}/hook"),
        format!("http://localhost:{port}/hook"),
        "https://169.254.169.254/latest/meta-data".to_owned(),
    ] {
        let browser = Browser::of(&town, lin, 2).await;
        let added = browser.post(PAGE, &[("address", &address)]).await.ok();
        let id =
            added.attributes("form[action='/me/notices/outlets/confirm'] input[name=id]", "value").remove(0);
        browser.post("/me/notices/outlets/confirm", &[("id", &id)]).await;
        town.work().await;
        assert_eq!(town.stand(lin).await, ["确认请求没有得到正确答复"], "{address}");
        browser.post("/me/notices/outlets/remove", &[("id", &id)]).await;
    }
    // Nor by a browser's word.
    let secret = SecretKey::from_slice(&[7; 32]).unwrap();
    town.turns_on(lin, &format!("http://{}/push/abc", outside.at), &secret, [9; 16]).await;
    town.work().await;
    assert!(outside.heard().is_empty());
    assert!(town.balance().await.holds());
    town.close().await;
}

#[actix_web::test]
async fn where_the_operator_offers_none_there_are_none() {
    let (town, _post) = Post::town(Engine::Sqlite).await;
    let lin = lin(&town).await;
    let browser = Browser::of(&town, lin, 2).await;
    assert!(!browser.get("/me/notices/choices").await.ok().body.contains(PAGE));
    let page = browser.get(PAGE).await.ok();
    assert!(page.attributes("input[name=address], button[data-push]", "name").is_empty());
    assert_eq!(browser.post(PAGE, &[("address", "https://bot.example.org/hook")]).await.status, 404);
    let fields = [("endpoint", "https://carrier.example/a"), ("p256dh", "x"), ("auth", "x")];
    assert_eq!(browser.post("/me/notices/outlets/browser", &fields).await.status, 404);
    town.close().await;
}
