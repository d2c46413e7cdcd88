//! Codes and news on their way out of the house.

use chrono::TimeDelta;
use diesel::prelude::*;
use yimen::{
    accounts::{self, AccountError, Email, Newcomer, Phone, Reach, Tell, What, codes},
    db::{DbError, schema::looks},
    jobs,
    ledger::CitizenId,
    notices::Courier,
    platform::{Lang, keys::KeyRing},
};

use crate::{
    people::Browser,
    town::{
        Engine, Town,
        backend::{Backend, Then},
        outside::{Asked, Mail, Post, Told, listen},
    },
    with_post,
};

const REGISTER: &str = "household-registration";
const PHONE: &str = "13800000001";
const EMAIL: &str = "lin@example.org";

impl Town {
    /// Asks for a code, as a page does.
    pub async fn ask_for_code(&self, reach: Reach, lang: Lang) {
        let (ring, now) = (KeyRing::open(&self.config.keys).unwrap(), self.clock.now());
        self.db
            .tx(move |c| codes::issue(c, &ring, now, "sign-in", &reach, lang, &()).map(|_| ()))
            .await
            .map_err(|error: AccountError| error)
            .unwrap();
    }

    /// Why jobs died. They are taken out of the way.
    async fn died(&self) -> Vec<String> {
        let dead = self.db.read(|c| jobs::dead(c, 10)).await.unwrap();
        self.sql("DELETE FROM dead_jobs").await;
        dead.into_iter().map(|dead| format!("{} {}", dead.payload, dead.reason)).collect()
    }
}

pub fn phone() -> Reach {
    Reach::Phone(Phone::parse(PHONE).unwrap())
}

fn email() -> Reach {
    Reach::Email(Email::parse(EMAIL).unwrap())
}

/// The first six digits that stand alone.
fn code_in(text: &str) -> String {
    let digits = |word: &&str| word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit());
    text.split(|c: char| !c.is_ascii_alphanumeric()).find(digits).expect("a code").to_owned()
}

with_post! {
    Post::town => Post;

    async fn codes_leave_by_mail_and_as_text_messages(town, post) {
        town.ask_for_code(phone(), Lang::Zh).await;
        town.ask_for_code(email(), Lang::En).await;
        // Nothing that is asked for is told before the job runs, and what waits can be read by nobody.
        let waiting = town.waiting_payloads().await;
        assert!(!waiting.contains(PHONE) && !waiting.contains(EMAIL), "{waiting}");
        town.work().await;
        let texts = post.texts.lock().unwrap().clone();
        assert_eq!(texts.len(), 1);
        assert_eq!(texts[0].headers["authorization"], "Bearer the-key");
        assert!(texts[0].headers["idempotency-key"].parse::<uuid::Uuid>().is_ok());
        let message: serde_json::Value = serde_json::from_str(&texts[0].body).unwrap();
        assert_eq!((message["to"].as_str(), message["sender"].as_str()), (Some(PHONE), Some("云州政务")));
        let text = message["text"].as_str().unwrap();
        assert!(text.contains("登录") && text.contains("12:10"), "{text}");
        let sms = code_in(text);
        let mails = post.mails.lock().unwrap().clone();
        let [Mail { to, text }] = &mails[..] else { panic!("one mail: {mails:?}") };
        assert_eq!(to, EMAIL);
        assert!(text.contains("multipart/alternative") && text.contains("Message-ID: <"), "{text}");
        let (_, body) = text.split_once("\r\n\r\n").unwrap();
        assert_ne!(code_in(body), sms);
        town.close().await;
    }

    async fn a_code_past_its_life_is_not_sent(town, post) {
        town.ask_for_code(phone(), Lang::Zh).await;
        town.ask_for_code(email(), Lang::Zh).await;
        town.pass(TimeDelta::minutes(10)).await;
        assert!(post.texts.lock().unwrap().is_empty() && post.mails.lock().unwrap().is_empty());
        town.close().await;
    }

    async fn what_may_pass_is_tried_again_under_the_same_key(town, post) {
        post.to_texts.lock().unwrap().extend([503, 307]);
        post.to_receivers.lock().unwrap().extend(["451 later", "421 later"]);
        town.ask_for_code(phone(), Lang::Zh).await;
        town.ask_for_code(email(), Lang::Zh).await;
        town.work().await;
        town.pass(TimeDelta::seconds(5)).await;
        town.pass(TimeDelta::seconds(10)).await;
        let texts = post.texts.lock().unwrap().clone();
        assert_eq!(texts.len(), 3, "a redirect is not followed, it is a failure");
        assert!(texts.iter().all(|asked| asked.headers["idempotency-key"] == texts[0].headers["idempotency-key"]));
        assert!(texts.iter().all(|asked| asked.body == texts[0].body), "the same code");
        assert_eq!(post.mails.lock().unwrap().len(), 1);
        town.close().await;
    }

    async fn a_refusal_of_the_receiver_is_final_and_tells_nobody_whom(town, post) {
        post.to_texts.lock().unwrap().push(422);
        post.to_receivers.lock().unwrap().push("550 <lin@example.org>: no such mailbox");
        town.ask_for_code(phone(), Lang::Zh).await;
        town.ask_for_code(email(), Lang::Zh).await;
        town.work().await;
        town.pass(TimeDelta::minutes(5)).await;
        assert_eq!(post.texts.lock().unwrap().len(), 1);
        let died = town.died().await;
        assert_eq!(died.len(), 2, "{died:?}");
        for reason in &died {
            assert!(reason.contains("refused with"), "{reason}");
            assert!(!reason.contains("lin@") && !reason.contains(PHONE), "{reason}");
        }
        town.close().await;
    }

    /// Whoever took an account over and changes how its owner is reached does not get to do it quietly.
    async fn a_removed_address_hears_that_it_was_removed(town, post) {
        let (ring, now) = (KeyRing::open(&town.config.keys).unwrap(), town.clock.now());
        let citizen: CitizenId = town.db.tx(move |c| {
            let lin = Newcomer { name: None, reach: Some(email()), password_hash: None, language: Lang::En };
            let citizen = accounts::register(c, &ring, now, &lin)?;
            accounts::add_contact(c, &ring, now, citizen, &phone())?;
            Ok::<_, AccountError>(citizen)
        }).await.unwrap();
        let browser = Browser::of(&town, citizen, 2).await;
        let removed = "form[action='/me/security/contact/remove'] input[name=id]";
        let ids = browser.get("/me/security").await.ok().attributes(removed, "value");
        let gone = browser.post("/me/security/contact/remove", &[("id", &ids[1])]).await;
        assert_eq!(gone.header("location"), "/me/security?done=removed");
        let waiting = town.waiting_payloads().await;
        assert!(!waiting.contains(PHONE), "sealed while it waits: {waiting}");
        town.work().await;
        let texts = post.texts.lock().unwrap().clone();
        assert_eq!(texts.len(), 1);
        let message: serde_json::Value = serde_json::from_str(&texts[0].body).unwrap();
        assert_eq!(message["to"].as_str(), Some(PHONE));
        assert!(message["text"].as_str().unwrap().contains("was removed from an account"), "{message}");
        let mails = post.mails.lock().unwrap().clone();
        assert_eq!((mails.len(), mails[0].to.as_str()), (1, EMAIL));
        assert!(mails[0].text.contains("was removed from your account"), "{}", mails[0].text);
        // The last one stays, and nothing is said.
        let kept = browser.post("/me/security/contact/remove", &[("id", &ids[0])]).await;
        assert_eq!(kept.header("location"), "/me/security?last=1");
        town.work().await;
        assert_eq!((post.texts.lock().unwrap().len(), post.mails.lock().unwrap().len()), (1, 1));
        town.close().await;
    }

    /// Asked for while the register hangs, kept while it is unwell, and told once when it is back.
    async fn who_asked_to_be_told_is_told_once_when_the_agency_is_back(town, post) {
        town.bind(REGISTER, &Backend::saying("", Then::Hang)).await;
        let lin = town.newcomer(PHONE).await;
        let fields = [("name", "林晓"), ("number", "990101198501010010")];
        let page = lin.submit("/me/verify?level=3", &fields).await;
        assert_eq!((page.status, page.attributes("button[name=wish]", "value").len()), (503, 1));
        for _ in 0..2 {
            let fields = [("name", "林晓"), ("number", "990101198501010010"), ("wish", "yes")];
            let wished = lin.submit("/me/verify?level=3", &fields).await.ok();
            assert!(wished.texts(".notice").concat().contains("短信"), "a promise");
        }
        // It hangs, and then it answers that it is not well.
        town.pass(TimeDelta::seconds(30)).await;
        town.bind(REGISTER, &Backend::json("200 OK", r#"{ "status": "down" }"#)).await;
        town.pass(TimeDelta::seconds(30)).await;
        assert!(post.texts.lock().unwrap().is_empty());
        let well = Backend::json("200 OK", r#"{ "status": "up" }"#);
        town.bind(REGISTER, &well).await;
        town.pass(TimeDelta::seconds(30)).await;
        for _ in 0..3 {
            town.pass(TimeDelta::seconds(30)).await;
        }
        let texts = post.texts.lock().unwrap().clone();
        assert_eq!(texts.len(), 1, "{texts:?}");
        let message: serde_json::Value = serde_json::from_str(&texts[0].body).unwrap();
        let text = message["text"].as_str().unwrap();
        assert_eq!(message["to"].as_str(), Some(PHONE));
        assert!(text.contains("户政管理支队") && text.contains("/me/verify"), "{text}");
        assert!(well.heard().iter().all(|asked| asked.starts_with("GET /v1/health ")));
        assert_eq!(well.heard().len(), 1, "nobody waits, so nobody asks");
        assert_eq!(town.dump(&["return_wishes"]).await, "");
        town.close().await;
    }

    /// What an agency says of itself is not all there is: an answer to somebody else shows it, too.
    async fn an_answer_to_somebody_else_is_word_enough(town, post) {
        let answers = |asked: &Asked| match asked.path.as_str() {
            "/v1/verify" => Told(200, Vec::new(), r#"{ "result": "match", "level": 3 }"#.to_owned()),
            _ => Told(503, Vec::new(), String::new()),
        };
        let lin = town.newcomer(PHONE).await;
        let fields = [("name", "林晓"), ("number", "990101198501010010"), ("wish", "yes")];
        lin.submit("/me/verify?level=3", &fields).await.ok();
        town.work().await;
        town.bind_to(REGISTER, listen(answers)).await;
        let wang = town.newcomer("13800000002").await;
        let fields = [("name", "王芳"), ("number", "990101195806010026")];
        assert_eq!(wang.submit("/me/verify?level=3", &fields).await.status, 303);
        town.work().await;
        town.pass(TimeDelta::minutes(2)).await;
        let texts = post.texts.lock().unwrap().clone();
        assert_eq!(texts.len(), 1);
        assert!(texts[0].body.contains(PHONE));
        town.close().await;
    }

    async fn news_go_every_way_somebody_can_be_reached(town, post) {
        let (ring, now) = (KeyRing::open(&town.config.keys).unwrap(), town.clock.now());
        let citizen: CitizenId = town.db.tx(move |c| {
            let lin = Newcomer { name: None, reach: Some(phone()), password_hash: None, language: Lang::En };
            let citizen = accounts::register(c, &ring, now, &lin)?;
            accounts::add_contact(c, &ring, now, citizen, &email())?;
            accounts::tell(c, now, &Tell::new(citizen, What::NewDevice, now).on("Firefox · Android"))?;
            Ok::<_, AccountError>(citizen)
        }).await.unwrap();
        post.to_receivers.lock().unwrap().push("451 later");
        town.work().await;
        town.pass(TimeDelta::seconds(5)).await;
        assert_eq!(post.texts.lock().unwrap().len(), 1, "said once, although the mail was put off");
        let mails = post.mails.lock().unwrap().clone();
        assert_eq!(mails.len(), 1);
        assert!(mails[0].text.contains("new device"), "{}", mails[0].text);
        let seen: Vec<(String, String)> = town.db.read(move |c| {
            Ok::<_, DbError>(looks::table
                .filter(looks::citizen_id.eq(citizen))
                .select((looks::actor, looks::purpose))
                .load(c)?)
        }).await.unwrap();
        assert_eq!(seen, [("notices".to_owned(), "notify".to_owned())], "the look is on record");
        town.close().await;
    }
}

impl Town {
    async fn waiting_payloads(&self) -> String {
        use yimen::db::schema::jobs;
        let payloads: Vec<String> =
            self.db.read(|c| Ok::<_, DbError>(jobs::table.select(jobs::payload).load(c)?)).await.unwrap();
        payloads.join("\n")
    }
}

#[actix_web::test]
async fn without_channels_pages_know_and_a_code_in_the_queue_ends_with_the_reason() {
    let town = Town::open(Engine::Sqlite).await;
    let channels = town.portal().site.channels;
    assert!(!channels.email && !channels.sms);
    town.ask_for_code(phone(), Lang::Zh).await;
    town.work().await;
    let died = town.died().await;
    assert!(died[0].contains("the channel is not set up: see [sms]"), "{died:?}");
    town.close().await;
}

#[actix_web::test]
async fn the_doctor_finds_a_channel_that_is_away() {
    let (town, _post) = Post::town(Engine::Sqlite).await;
    let fine = Courier::check(&town.config).await;
    assert!(fine.len() == 2 && fine.iter().all(|(_, check)| check.is_ok()), "{fine:?}");
    let mut config = town.config.clone();
    // Nobody listens on the discard port.
    config.mail[0].port = 9;
    config.texts[0].address.set_port(Some(9)).unwrap();
    let away = Courier::check(&config).await;
    assert!(away.iter().all(|(_, check)| check.is_err()), "{away:?}");
    // A server that does not speak TLS is never spoken to without.
    let mut config = town.config.clone();
    config.mail[0].security = yimen::platform::config::SmtpSecurity::StartTls;
    let refused = Courier::check(&config).await;
    assert!(refused[0].1.is_err(), "{refused:?}");
    town.close().await;
}

#[actix_web::test]
async fn mail_goes_over_tls_to_whom_the_operators_authority_vouches_for() {
    let (post, mut settings) = Post::open();
    settings.retain(|(key, _)| !matches!(*key, "YIMEN_SMTP_SERVER" | "YIMEN_SMTP_SECURITY"));
    let authority = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/mail-authority.pem");
    settings.extend([
        ("YIMEN_SMTP_SERVER", post.over_tls().to_string()),
        ("YIMEN_SMTP_SECURITY", "tls".to_owned()),
        ("YIMEN_SMTP_AUTHORITY", authority.to_owned()),
    ]);
    let settings: Vec<_> = settings.iter().map(|(key, value)| (*key, value.as_str())).collect();
    let town = Town::open_with(Engine::Sqlite, &settings).await;
    town.ask_for_code(email(), Lang::Zh).await;
    town.work().await;
    assert_eq!(post.mails.lock().unwrap().len(), 1);
    // Nobody of those whom everybody trusts vouches for it.
    let mut config = town.config.clone();
    config.mail[0].authority = None;
    assert!(Courier::check(&config).await[0].1.is_err());
    // A file without a certificate is said, and not taken for one.
    config.mail[0].authority = Some(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml").into());
    let unfit = Courier::check(&config).await[0].1.clone().unwrap_err();
    assert!(unfit.contains("there is no certificate in it"), "{unfit}");
    town.close().await;
}
