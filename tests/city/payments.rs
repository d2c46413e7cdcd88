//! Payments, from what is owed to the receipt, against an agency's backend and a payment provider over their true
//! protocols.

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
const START: &str = "/services/YZ17010/start";
const PAY: &str = "/services/YZ17010/pay";
const ACCOUNT: (&str, &str) = ("gas_account", "9900128846");
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
fn button(page: &Answer) -> Vec<(String, String)> {
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

    async fn an_agency_is_told_once_whatever_happens_to_the_answer(town: Town) {
        let beside = Beside::open(&town, &["gas-supply"]).await;
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 3).await;
        let order = lin.orders().await;
        assert_eq!(decides(&town, &lin.till(&order).await, "pay").await.status, 303);
        // It books it, and breaks off before it says so.
        let lost = Fault { path: "/v1/bills/payments".to_owned(), ..wrong(Wrong::LostAnswer) };
        beside.gas().fail(lost);
        beside.till.tell().await;
        town.work().await;
        let text = lin.says(&order).await;
        assert!(text.contains("不会重复缴"), "{text}");
        beside.gas().fail(Fault::default());
        town.pass(TimeDelta::minutes(5)).await;
        assert!(lin.says(&order).await.contains("已经缴清"));
        assert_eq!(beside.gas().settled().len(), 1);
        beside.close().await;
        town.close().await;
    }

    async fn what_the_agency_does_not_take_goes_back(town: Town) {
        let beside = Beside::open(&town, &["gas-supply"]).await;
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        let first = lin.orders().await;
        assert_eq!(decides(&town, &lin.till(&first).await, "pay").await.status, 303);
        beside.till.tell().await;
        town.work().await;
        assert!(lin.says(&first).await.contains("已经缴清"));
        let due = beside.gas().settled().into_keys().next().unwrap();
        // Somebody else pays the same bill, which the agency had listed for them a moment before.
        let wang = citizen(&town, "王敏", "13800000002", &number("19860101", 1)).await;
        let wang = Browser::of(&town, wang, 3).await;
        let list = wang.post(START, &[("gas_account", "9900203317")]).await.ok();
        let sent = wang.post(PAY, &pairs(&button(&list))).await;
        let second = sent.location();
        let number = reference(&second);
        town.sql(&format!("UPDATE payment_orders SET due = '{due}' WHERE reference = '{number}'")).await;
        assert_eq!(decides(&town, &wang.till(&second).await, "pay").await.status, 303);
        beside.till.tell().await;
        town.work().await;
        beside.till.tell().await;
        town.work().await;
        let text = wang.says(&second).await;
        assert!(text.contains("钱已原路退回") && text.contains("部门没有入账"), "{text}");
        assert_eq!(beside.gas().settled()[&due], reference(&first));
        assert_eq!(beside.till.balance()[&number], 0);
        beside.close().await;
        town.close().await;
    }

    async fn an_agency_that_stays_away_is_a_persons_matter_after_a_week(town: Town) {
        let beside = Beside::open(&town, &["gas-supply"]).await;
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 3).await;
        let order = lin.orders().await;
        assert_eq!(decides(&town, &lin.till(&order).await, "pay").await.status, 303);
        let (now, until) = (town.clock.now(), town.clock.now() + TimeDelta::days(9));
        town.db.tx(move |c| outages::order(c, now, "gas-supply", ("operator", "drill"), Some(until))).await.unwrap();
        beside.till.tell().await;
        town.work().await;
        assert!(row(&town, &order).await.contains("paid"));
        for _ in 0..10 {
            town.pass(TimeDelta::days(1)).await;
        }
        let lin = Browser::of(&town, who, 3).await;
        let text = lin.says(&order).await;
        assert!(text.contains("已转给工作人员处理"), "{text}");
        beside.close().await;
        town.close().await;
    }
}

/// Every service of the city that is paid lists what is owed, and one due of each goes all the way.
#[actix_web::test]
async fn everything_the_city_is_owed_can_be_paid() {
    let town = Town::open(Engine::Sqlite).await;
    // In the afternoon every office is open.
    town.clock.advance(TimeDelta::hours(3));
    let city = crate::played::city();
    let paid: Vec<&Package> = city
        .iter()
        .filter(|package| {
            package.services.iter().any(|one| one.served_by == Some(yimen_contract::query::ServedBy::Dues))
        })
        .collect();
    let slugs: Vec<&str> = paid.iter().map(|package| package.slug.as_str()).collect();
    let beside = Beside::open(&town, &slugs).await;
    beside.backends.tick().await;
    let who = citizen(&town, "林晓", "13800000001", &number("19850101", 1)).await;
    let (mut wrong, mut count, mut whole) = (Vec::new(), 0, 0);
    for package in paid {
        for service in &package.services {
            if service.served_by != Some(yimen_contract::query::ServedBy::Dues) {
                continue;
            }
            count += 1;
            town.clock.advance(TimeDelta::minutes(1));
            let lin = Browser::of(&town, who, 5).await;
            let form =
                service.form.as_ref().map(|path| yimen_forms::Form::read(&package.forms[path]).unwrap());
            let answers = form.as_ref().map_or_else(Vec::new, crate::cases::examples);
            let (start, pay) =
                (format!("/services/{}/start", service.code), format!("/services/{}/pay", service.code));
            let page = lin.post(&start, &pairs(&answers)).await;
            let named =
                |name: &str| page.attributes(&format!("form[action='{pay}'] input[type=hidden]"), name);
            let all: Vec<(String, String)> = named("name").into_iter().zip(named("value")).collect();
            let end = all.iter().skip(1).position(|(name, _)| name == "csrf").map_or(all.len(), |at| at + 1);
            let sent: Vec<_> = all[..end].iter().filter(|(name, _)| name != "csrf").cloned().collect();
            let mut fail = |why: String| wrong.push(format!("{}/{}: {why}", package.slug, service.code));
            // This person owes nothing of it, or it is not decided: the page says which.
            if sent.is_empty() {
                let text = page.texts("main .found-answer").join(" ");
                let said = ["没有待缴的费用", "尚未确定", "对方没有给出结果", "已缴清"];
                if !said.iter().any(|word| text.contains(word)) {
                    fail(format!("{} {text}", page.status));
                }
                continue;
            }
            let ordered = lin.post(&pay, &pairs(&sent)).await;
            if ordered.status != 303 {
                fail(format!("{} {}", ordered.status, ordered.texts(".notice").join(" ")));
                continue;
            }
            let order = ordered.location();
            let Some(till) =
                lin.get(&order).await.ok().attributes("main a.button.large", "href").first().cloned()
            else {
                fail(format!("no way to pay {}", lin.says(&order).await));
                continue;
            };
            decides(&town, &till, "pay").await;
            beside.till.tell().await;
            town.work().await;
            beside.backends.tick().await;
            town.pass(TimeDelta::minutes(6)).await;
            let lin = Browser::of(&town, who, 5).await;
            let text = lin.says(&order).await;
            // What goes by daily files is booked by the next one.
            let by_file = package.agency.backend.driver == yimen_contract::agency::Driver::Csv;
            whole += i32::from(text.contains("已经缴清"));
            let paid = text.contains("已经缴清") || (by_file && text.contains("已经付款"));
            if !paid {
                fail(text.chars().take(400).collect());
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(count, 23);
    assert!(whole >= 10, "{whole}");
    beside.close().await;
    town.close().await;
}

/// A small source of chance that gives the same every time.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// What the provider, or the agency, gets wrong this time.
fn trouble(dice: &mut Dice) -> Fault {
    let once = |fault: Fault| Fault { times: Some(1), ..fault };
    match dice.roll(8) {
        0 => wrong(Wrong::LateCallback),
        1 => wrong(Wrong::LostCallback),
        2 => wrong(Wrong::DuplicateCallback),
        3 => wrong(Wrong::ReorderedCallback),
        4 => wrong(Wrong::Undecided),
        5 => once(Fault { status: Some(503), ..Fault::default() }),
        6 => once(wrong(Wrong::LostAnswer)),
        _ => Fault::default(),
    }
}

fn agencys_trouble(dice: &mut Dice) -> Fault {
    let booking = || "/v1/bills/payments".to_owned();
    match dice.roll(5) {
        0 => Fault { path: booking(), times: Some(2), ..wrong(Wrong::LostAnswer) },
        1 => Fault { path: booking(), times: Some(1), ..wrong(Wrong::Truncated) },
        2 => Fault { path: booking(), times: Some(3), status: Some(503), ..Fault::default() },
        3 => Fault {
            path: "/v1/bills/state".to_owned(),
            times: Some(2),
            status: Some(500),
            ..Fault::default()
        },
        _ => Fault::default(),
    }
}

/// Messages are lost, repeated, late and out of order between portal, provider and agency. Whatever happens, nobody is
/// charged twice or for nothing, every bill is booked by one order, and the three books agree.
#[actix_web::test]
async fn whatever_is_lost_repeated_or_late_the_three_books_agree() {
    let town = Town::open(Engine::Sqlite).await;
    let beside = Beside::open(&town, &["gas-supply"]).await;
    let mut dice = Dice(20_261_121);
    let mut orders = Vec::new();
    for payer in 1..=24_u16 {
        let phone = format!("138000001{payer:02}");
        let who = citizen(&town, "林晓", &phone, &number("19850101", payer)).await;
        beside.till.fail(trouble(&mut dice));
        beside.gas().fail(agencys_trouble(&mut dice));
        let lin = Browser::of(&town, who, 3).await;
        let account = format!("99001288{payer:02}");
        let list = lin.post(START, &[("gas_account", &account)]).await.ok();
        let sent =
            pairs(&button(&list)).iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect::<Vec<_>>();
        // Some owe nothing.
        if sent.is_empty() {
            continue;
        }
        let fen: i64 = sent.iter().find(|(name, _)| name == "pay-amount").unwrap().1.parse().unwrap();
        let order = lin.post(PAY, &pairs(&sent)).await.location();
        town.pass(TimeDelta::minutes(2)).await;
        // Some click again, and find the same.
        if dice.roll(2) == 0 {
            assert_eq!(lin.post(PAY, &pairs(&sent)).await.location(), order);
        }
        let page = lin.get(&order).await.ok();
        if let Some(till) = page.attributes("main a.button.large", "href").first().cloned() {
            match dice.roll(5) {
                0 => drop(town.ask(town.client().post(&till).form(&[("choice", "cancel")])).await),
                1 => {}
                _ => {
                    drop(town.ask(town.client().post(&till).form(&[("choice", "pay")])).await);
                    // The second press takes nothing more.
                    drop(town.ask(town.client().post(&till).form(&[("choice", "pay")])).await);
                }
            }
        }
        beside.till.tell().await;
        if dice.roll(2) == 0 {
            town.clock.advance(TimeDelta::seconds(5));
            drop(lin.get(&order).await.ok());
        }
        let minutes = i64::try_from(dice.roll(50)).unwrap();
        town.pass(TimeDelta::minutes(minutes)).await;
        orders.push((reference(&order), fen));
    }
    beside.till.fail(Fault::default());
    beside.gas().fail(Fault::default());
    for _ in 0..40 {
        beside.till.tell().await;
        town.pass(TimeDelta::hours(1)).await;
    }
    let (settled, balance) = (beside.gas().settled(), beside.till.balance());
    let dump = town.dump(&["payment_orders"]).await;
    let mut booked = 0;
    for (reference, fen) in &orders {
        let row = dump.lines().find(|line| line.contains(reference)).unwrap();
        let holds = balance.get(reference).copied().unwrap_or_default();
        let by_us = settled.values().filter(|order| *order == reference).count();
        let is = |state: &str| row.contains(&format!(" {state} "));
        if is("settled") {
            booked += 1;
            assert_eq!((holds, by_us), (*fen, 1), "{row}");
        } else {
            assert!(is("failed") || is("expired") || is("refunded"), "{row}");
            assert_eq!((holds, by_us), (0, 0), "{row}");
        }
    }
    assert!(booked >= 5, "{booked} of {}", orders.len());
    let portal = town.portal();
    let means = yimen::payments::Means {
        site: portal.site.clone(),
        gateway: portal.gateway.clone(),
        shelf: portal.shelf.clone(),
    };
    let mut day = town.clock.today();
    for _ in 0..4 {
        day = day.pred_opt().unwrap();
        let report = yimen::payments::reconcile_day(&means, "city-pay", day).await.unwrap();
        assert!(report.balances() && report.closed && report.on_the_way == 0, "{report:?}");
    }
    beside.close().await;
    town.close().await;
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

/// The provider's books and the agency's are compared with ours; what differs, and a refund that is asked for, is a person's.
#[actix_web::test]
async fn what_differs_and_what_is_asked_back_is_settled_at_the_desk() {
    let town = Town::open(Engine::Sqlite).await;
    let beside = Beside::open(&town, &["gas-supply"]).await;
    let who = lin(&town).await;
    let lin = Browser::of(&town, who, 3).await;
    let order = lin.orders().await;
    let number = reference(&order);
    assert_eq!(decides(&town, &lin.till(&order).await, "pay").await.status, 303);
    beside.till.tell().await;
    town.work().await;
    // Anybody checks the receipt, and learns nothing of whose it is.
    let receipt = lin.get(&format!("{order}/receipt")).await.ok();
    let code = receipt.texts("dd code").remove(0);
    let checked = town.get(&format!("/verify/{}", code.to_lowercase())).await.ok();
    let text = checked.texts("main").join(" ");
    assert!(text.contains("有效") && text.contains("燃气费缴纳"), "{text}");
    assert!(!text.contains("林晓") && !text.contains(&number) && !text.contains("月燃气费"), "{text}");
    assert_eq!(town.get("/verify/7KQ3-MFXD-7KQ3-MFXD").await.status, 404);
    // The money is asked back, with a reason.
    assert_eq!(lin.post(&format!("{order}/refund"), &[("reason", "")]).await.status, 422);
    assert_eq!(lin.post(&format!("{order}/refund"), &[("reason", "缴错了户号")]).await.status, 303);
    assert!(lin.says(&order).await.contains("退款申请已经收下"));
    let (chief, manager) = (
        hired(&town, "zhou", Role::Administrator, "/").await,
        hired(&town, "wu", Role::Manager, "gas-supply").await,
    );
    let desk = at_work(&town, chief, Role::Administrator, "/").await;
    let other = at_work(&town, manager, Role::Manager, "gas-supply").await;
    assert_eq!(other.get("/admin/payments").await.status, 403);
    assert!(desk.says("/admin/payments").await.contains(&number));
    let item = format!("/admin/payments/{number}");
    assert!(desk.says(&item).await.contains("缴错了户号"));
    assert_eq!(desk.post(&item, &[("way", "refund"), ("reason", "")]).await.status, 422);
    assert_eq!(desk.post(&item, &[("way", "book"), ("reason", "x")]).await.status, 422);
    let done = desk.post(&item, &[("way", "refund"), ("reason", "已与燃气集团核实")]).await;
    assert_eq!(done.status, 303);
    town.work().await;
    beside.till.tell().await;
    town.work().await;
    assert!(lin.says(&order).await.contains("钱已原路退回"));
    assert_eq!(beside.till.balance()[&number], 0);
    assert!(town.get(&format!("/verify/{code}")).await.ok().texts("main").join(" ").contains("已失效"));
    // The agency still has it booked: that is a difference, until somebody says why.
    town.pass(TimeDelta::days(1)).await;
    let desk = at_work(&town, chief, Role::Administrator, "/").await;
    let text = desk.says("/admin/payments").await;
    assert!(text.contains("部门仍记为缴清"), "{text}");
    let done = desk.post(&item, &[("way", "explained"), ("reason", "燃气集团次日冲账")]).await;
    assert_eq!(done.status, 303, "{}", done.texts("main").join(" "));
    town.pass(TimeDelta::days(1)).await;
    let desk = at_work(&town, chief, Role::Administrator, "/").await;
    assert!(!desk.says("/admin/payments").await.contains("部门仍记为缴清"));
    assert!(town.dump(&["payment_differences"]).await.contains("燃气集团次日冲账"));
    beside.close().await;
    town.close().await;
}
