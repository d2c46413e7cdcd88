//! Payments, from what is owed to the receipt, against an agency's backend and a payment provider over their true
//! protocols.

mod agencies;
mod books;

use chrono::TimeDelta;
use serde_json::{Value, json};
use tempfile::TempDir;
use yimen::{
    accounts::staff::Role,
    agencies::bindings::{self, Proposal},
    gateway::outages,
    ledger::CitizenId,
};
use yimen_contract::{Files, Package, package};
use yimen_drivers::rest::signing::{NONCE, SIGNATURE, Signing, TIMESTAMP};
use yimen_sandbox::{AloneServers, Backends, CityPay, Clock, Fault, Secret, Wrong};

use crate::{
    on_both_engines,
    people::{Browser, citizen, keys, number},
    staff::{at_work, hired},
    town::{Answer, Engine, Town, packages},
};

/// Gas bills: by account number, for anybody.
pub const START: &str = "/services/YZ17010/start";
pub const PAY: &str = "/services/YZ17010/pay";
pub const ACCOUNT: (&str, &str) = ("gas_account", "9900128846");
const EVENTS: &str = "/api/v1/providers/city-pay/events";

fn load(slug: &str) -> Package {
    package::load(slug, &Files::read_folder(&packages().join("agencies").join(slug))).unwrap()
}

/// What stands beside the town: an agency, and whoever takes payments.
pub struct Beside {
    pub backends: Backends,
    till: CityPay,
    servers: AloneServers,
    _folder: TempDir,
}

impl Beside {
    pub async fn open(town: &Town, agencies: &[&str]) -> Self {
        let folder = TempDir::new().unwrap();
        let all: Vec<Package> = agencies.iter().map(|slug| load(slug)).collect();
        let backends = town.play(&all, folder.path()).await;
        let asked = town.clock.clone();
        let (till, servers) =
            CityPay::alone(&Secret::new([9; 32]), &Clock::asking(move || asked.now())).unwrap();
        till.expect(&town.url(""));
        // What it tells is told when a test says so.
        till.fail(Fault { wrong: Some(Wrong::LateCallback), ..Fault::default() });
        let proposal = Proposal {
            agency: till.slug.to_owned(),
            address: till.url.clone(),
            secrets: till.secrets.clone(),
        };
        let (ring, now) = (keys(town), town.clock.now());
        town.db.tx(move |c| bindings::bind(c, &ring, now, &proposal, ("one", "another"))).await.unwrap();
        Self { backends, till, servers, _folder: folder }
    }

    pub async fn close(self) {
        self.backends.stop().await;
        self.servers.stop().await;
    }

    fn gas(&self) -> &yimen_sandbox::Backend {
        self.backends.get("gas-supply").unwrap()
    }
}

fn wrong(wrong: Wrong) -> Fault {
    Fault { wrong: Some(wrong), ..Fault::default() }
}

/// What the first button on a list would send.
pub fn button(page: &Answer) -> Vec<(String, String)> {
    let form = |name: &str| page.attributes(&format!("form[action='{PAY}'] input[type=hidden]"), name);
    let all: Vec<(String, String)> = form("name").into_iter().zip(form("value")).collect();
    let end = all.iter().skip(1).position(|(name, _)| name == "csrf").map_or(all.len(), |at| at + 1);
    all[..end].iter().filter(|(name, _)| name != "csrf").cloned().collect()
}

fn pairs(all: &[(String, String)]) -> Vec<(&str, &str)> {
    all.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

impl Browser<'_> {
    /// What is owed, as the button that pays it would send it.
    async fn owes(&self) -> Vec<(String, String)> {
        button(&self.post(START, &[ACCOUNT]).await.ok())
    }

    /// Orders the payment of what is owed; the order's address.
    pub async fn orders(&self) -> String {
        let owed = self.owes().await;
        let sent = self.post(PAY, &pairs(&owed)).await;
        assert_eq!(sent.status, 303, "{}", sent.texts("main").join(" "));
        sent.location()
    }

    async fn says(&self, path: &str) -> String {
        self.get(path).await.ok().texts("main").join(" ")
    }

    /// Where the order is paid.
    pub async fn till(&self, order: &str) -> String {
        let page = self.get(order).await.ok();
        let link = page.attributes("main a.button.large", "href");
        link.first().unwrap_or_else(|| panic!("{}", page.texts("main").join(" "))).clone()
    }
}

/// The payer decides at the provider's page. Where that leads.
pub async fn decides(town: &Town, till: &str, choice: &str) -> Answer {
    assert_eq!(town.ask(town.client().get(till)).await.status, 200);
    town.ask(town.client().post(till).form(&[("choice", choice)])).await
}

async fn lin(town: &Town) -> CitizenId {
    citizen(town, "林晓", "13800000001", &number("19850101", 1)).await
}

/// The parts of an order's row in the database.
async fn row(town: &Town, order: &str) -> String {
    let reference = order.rsplit('/').next().unwrap().split('?').next().unwrap().to_owned();
    let dump = town.dump(&["payment_orders"]).await;
    dump.lines().find(|line| line.contains(&reference)).unwrap_or_else(|| panic!("{dump}")).to_owned()
}

fn reference(order: &str) -> String {
    order.rsplit('/').next().unwrap().to_owned()
}

impl Town {
    /// Pushes an event as the provider does, or as somebody who would like to be it.
    async fn tells(&self, key: &str, nonce: &str, event: &Value) -> Answer {
        let (body, at) = (event.to_string(), self.clock.now().timestamp());
        let signing = Signing { method: "POST", target: EVENTS, timestamp: at, nonce, body: body.as_bytes() };
        let request = self.client().post(self.url(EVENTS)).header(TIMESTAMP, at.to_string());
        let request = request.header(NONCE, nonce).header(SIGNATURE, signing.sign(key.as_bytes()));
        self.ask(request.body(body)).await
    }

    fn payment(&self, id: &str, order: &str, (status, fen, sequence): (&str, u64, u64)) -> Value {
        json!({
            "specversion": "1.0", "id": id, "source": "city-pay", "type": "payment.changed",
            "time": self.clock.now().to_rfc3339(),
            "data": { "order": order, "sequence": sequence, "status": status, "payment": "CP1", "amount_fen": fen },
        })
    }
}

on_both_engines! {
    async fn a_bill_goes_from_the_list_to_the_receipt(town: Town) {
        let beside = Beside::open(&town, &["gas-supply"]).await;
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        // Nobody pays who has not said who they are.
        assert_eq!(town.get(START).await.location(), "/sign-in?next=%2Fservices%2FYZ17010%2Fstart");
        // Nothing is asked before anything was typed, and what is wrong is said beside its field.
        assert!(lin.says(START).await.contains("任何人都可以代缴"));
        assert_eq!(lin.post(START, &[("gas_account", "")]).await.status, 422);
        let list = lin.post(START, &[ACCOUNT]).await.ok();
        let text = list.texts("main").join(" ");
        assert!(text.contains("86.18") || text.contains("129.40"), "{text}");
        assert!(!text.contains("林晓"), "{text}");
        let order = lin.orders().await;
        // The second click finds the same.
        assert_eq!(lin.orders().await, order);
        let till = lin.till(&order).await;
        let page = town.ask(town.client().get(&till)).await.ok();
        assert!(page.body.contains("燃气费缴纳") && !page.body.contains("9900128846"), "{}", page.body);
        // Too little money takes nothing, and closing the window ends nothing.
        assert_eq!(decides(&town, &till, "poor").await.status, 422);
        assert_eq!(decides(&town, &till, "close").await.status, 200);
        assert!(lin.says(&format!("{order}?back=1")).await.contains("还没有收到付款"));
        town.clock.advance(TimeDelta::seconds(5));
        let paid = decides(&town, &till, "pay").await;
        assert_eq!(paid.status, 303);
        let back = paid.header("location").replace(&town.portal().site.origin().to_owned(), "");
        assert_eq!(back, format!("{order}?back=1"));
        // Nothing was pushed yet: the page asks by itself.
        let text = lin.says(&back).await;
        assert!(text.contains("已经付款"), "{text}");
        town.work().await;
        let text = lin.says(&order).await;
        assert!(text.contains("已经缴清") && text.contains("部门已入账"), "{text}");
        // What comes late changes nothing.
        beside.till.tell().await;
        town.work().await;
        let receipt = lin.says(&format!("{order}/receipt")).await;
        assert!(receipt.contains("验证码") && receipt.contains("林晓"), "{receipt}");
        assert!(lin.says("/me/payments?show=done").await.contains("燃气费缴纳"));
        assert!(!lin.says("/me/payments?show=open").await.contains("燃气费缴纳"));
        // It is not owed any more, and nobody pays it again.
        let again = lin.post(START, &[ACCOUNT]).await.ok();
        assert!(button(&again).is_empty(), "{}", again.texts("main").join(" "));
        let settled = beside.gas().settled();
        assert_eq!(settled.values().collect::<Vec<_>>(), [&reference(&order)]);
        // What was paid for stands nowhere in the clear.
        assert!(!town.dump(&["payment_orders"]).await.contains("燃气费"));
        assert!(lin.says("/me/looks").await.contains("燃气费缴纳"));
        beside.close().await;
        town.close().await;
    }

    async fn another_amount_is_asked_for_again_and_large_ones_want_a_proof(town: Town) {
        let beside = Beside::open(&town, &["gas-supply"]).await;
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 3).await;
        let owed = lin.owes().await;
        let mut cheap = owed.clone();
        cheap.iter_mut().filter(|(name, _)| name == "pay-amount").for_each(|(_, value)| "1".clone_into(value));
        let page = lin.post(PAY, &pairs(&cheap)).await;
        assert_eq!(page.status, 409);
        let text = page.texts("main").join(" ");
        assert!(text.contains("金额变了") && text.contains("金额有变化"), "{text}");
        // The answers are kept, and the new amount stands in the button.
        assert_eq!(button(&page), owed);
        assert!(town.dump(&["payment_orders"]).await.is_empty());
        // What the agency does not list cannot be paid.
        let mut other = owed.clone();
        other.iter_mut().filter(|(name, _)| name == "pay-due").for_each(|(_, value)| "X-1".clone_into(value));
        assert_eq!(lin.post(PAY, &pairs(&other)).await.status, 409);
        // Somebody whose proof is old proves it again before so much is paid, not before it is ordered.
        town.clock.advance(TimeDelta::minutes(15));
        let sent = lin.post(PAY, &pairs(&owed)).await;
        assert!(sent.location().starts_with("/me/payments/"), "{}", sent.location());
        beside.close().await;
        town.close().await;
    }

    async fn nobody_sees_or_moves_what_is_anothers(town: Town) {
        let beside = Beside::open(&town, &["gas-supply"]).await;
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        let wang = citizen(&town, "王敏", "13800000002", &number("19860101", 1)).await;
        let wang = Browser::of(&town, wang, 3).await;
        let order = lin.orders().await;
        assert_eq!(wang.get(&order).await.status, 404);
        assert_eq!(wang.get(&format!("{order}/receipt")).await.status, 404);
        for act in ["go", "cancel", "refund"] {
            assert_eq!(wang.post(&format!("{order}/{act}"), &[("reason", "x")]).await.status, 404, "{act}");
        }
        assert!(!wang.says("/me/payments").await.contains("燃气费缴纳"));
        // Once it is open at the provider only the provider can say that it is not paid.
        assert_eq!(lin.post(&format!("{order}/cancel"), &[]).await.status, 303);
        assert!(lin.says(&order).await.contains("待付款"));
        let till = lin.till(&order).await;
        assert_eq!(decides(&town, &till, "cancel").await.status, 303);
        town.clock.advance(TimeDelta::seconds(5));
        assert!(lin.says(&order).await.contains("没有付成"));
        // There is no receipt for what was not paid.
        assert_eq!(lin.get(&format!("{order}/receipt")).await.status, 404);
        // And a new try is a new order.
        assert_ne!(lin.orders().await, order);
        assert!(beside.till.balance().values().all(|fen| *fen == 0));
        beside.close().await;
        town.close().await;
    }

    async fn a_provider_that_is_away_is_asked_again_and_nothing_is_paid_twice(town: Town) {
        let beside = Beside::open(&town, &["gas-supply"]).await;
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 3).await;
        beside.till.fail(Fault { status: Some(503), ..Fault::default() });
        let order = lin.orders().await;
        let text = lin.says(&order).await;
        assert!(text.contains("正在联系"), "{text}");
        beside.till.fail(wrong(Wrong::LateCallback));
        town.pass(TimeDelta::minutes(2)).await;
        let till = lin.till(&order).await;
        // It was paid, and then the provider did not know for an hour.
        assert_eq!(decides(&town, &till, "pay").await.status, 303);
        beside.till.fail(wrong(Wrong::Undecided));
        town.pass(TimeDelta::hours(1)).await;
        let lin = Browser::of(&town, who, 3).await;
        let text = lin.says(&order).await;
        assert!(text.contains("请不要再付"), "{text}");
        // Nobody begins another one meanwhile.
        assert_eq!(lin.orders().await, order);
        beside.till.fail(wrong(Wrong::LateCallback));
        town.pass(TimeDelta::hours(1)).await;
        town.work().await;
        let lin = Browser::of(&town, who, 3).await;
        assert!(lin.says(&order).await.contains("已经缴清"));
        assert_eq!(beside.till.balance().values().filter(|fen| **fen > 0).count(), 1);
        beside.close().await;
        town.close().await;
    }

    async fn an_order_nobody_pays_expires_and_late_money_goes_back(town: Town) {
        let beside = Beside::open(&town, &["gas-supply"]).await;
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 3).await;
        let order = lin.orders().await;
        let till = lin.till(&order).await;
        town.pass(TimeDelta::hours(1)).await;
        let lin = Browser::of(&town, who, 3).await;
        assert!(lin.says(&order).await.contains("付款时间已过"));
        // The provider takes no money any more either.
        assert_eq!(decides(&town, &till, "pay").await.status, 200);
        // Should it say all the same that some came, it goes back: here it says so and has none to give.
        let reference = reference(&order);
        let fen = lin.owes().await.iter().find(|(name, _)| name == "pay-amount").unwrap().1.parse().unwrap();
        let key = beside.till.secrets["event-key"].clone();
        let told = town.tells(&key, "n-1", &town.payment("e-1", &reference, ("paid", fen, 1))).await;
        assert_eq!(told.status, 202, "{}", told.body);
        town.work().await;
        assert!(lin.says(&order).await.contains("正在退款"));
        beside.close().await;
        // The refund is asked for until a person looks: nothing of it is due now.
        town.close().await;
    }

    async fn what_is_pushed_is_proved_and_counts_once(town: Town) {
        let beside = Beside::open(&town, &["gas-supply"]).await;
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        let order = lin.orders().await;
        let (number, key) = (reference(&order), beside.till.secrets["event-key"].clone());
        let fen = lin.owes().await.iter().find(|(name, _)| name == "pay-amount").unwrap().1.parse().unwrap();
        let paid = town.payment("e-2", &number, ("paid", fen, 2));
        // Somebody else's key, and the key with which the portal itself signs.
        let own = beside.till.secrets["hmac-key"].clone();
        for (forged, nonce) in [("another-key-of-thirty-two-letters", "n-1"), (own.as_str(), "n-2")] {
            assert_eq!(town.tells(forged, nonce, &paid).await.status, 401);
        }
        // A payment of another amount is none.
        let little = town.payment("e-1", &number, ("paid", 1, 1));
        assert_eq!(town.tells(&key, "n-3", &little).await.status, 202);
        town.work().await;
        assert!(!lin.says(&order).await.contains("已经付款"), "{}", row(&town, &order).await);
        // An agency's door is not a provider's, and a provider speaks of payments only.
        let mut case = paid.clone();
        case["type"] = "case.changed".into();
        assert_eq!(town.tells(&key, "n-4", &case).await.status, 422);
        case["type"] = "message.changed".into();
        assert_eq!(town.tells(&key, "n-9", &case).await.status, 422);
        // Told twice, under another number, and then what came before it.
        assert_eq!(town.tells(&key, "n-5", &paid).await.status, 202);
        assert_eq!(town.tells(&key, "n-5", &paid).await.status, 401);
        assert_eq!(town.tells(&key, "n-6", &paid).await.status, 202);
        let failed = town.payment("e-0", &number, ("failed", fen, 1));
        assert_eq!(town.tells(&key, "n-7", &failed).await.status, 202);
        town.work().await;
        assert!(row(&town, &order).await.contains("settled"), "{}", row(&town, &order).await);
        assert_eq!(beside.gas().settled().len(), 1);
        // Orders that nobody made are none.
        let nobody = town.payment("e-9", "P-2026-0000-0000", ("paid", fen, 1));
        assert_eq!(town.tells(&key, "n-8", &nobody).await.status, 202);
        town.work().await;
        beside.close().await;
        town.close().await;
    }
}

/// A small source of chance that gives the same every time.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

#[actix_web::test]
async fn a_large_amount_wants_a_proof_of_who_pays() {
    let town = Town::open_with(Engine::Sqlite, &[("YIMEN_PAYMENTS_PROVE_FROM_FEN", "1000")]).await;
    let beside = Beside::open(&town, &["gas-supply"]).await;
    let who = lin(&town).await;
    let lin = Browser::of(&town, who, 3).await;
    town.clock.advance(TimeDelta::minutes(15));
    let led = lin.post(PAY, &pairs(&lin.owes().await)).await.location();
    let order = led.strip_prefix("/me/prove?next=").unwrap().replace("%2F", "/");
    assert!(lin.says(&order).await.contains("请先再次证明是您本人"));
    // No other door leads past it, and the provider has heard of nothing.
    assert!(lin.post(&format!("{order}/go"), &[]).await.location().starts_with("/me/prove?"));
    town.work().await;
    assert!(beside.till.balance().is_empty());
    // Whoever has just proved it goes on; or thinks better of it.
    let fresh = Browser::of(&town, who, 3).await;
    assert_eq!(fresh.post(&format!("{order}/go"), &[]).await.location(), order);
    assert!(fresh.till(&order).await.contains("/pay/"));
    beside.close().await;
    town.close().await;
}
