//! Payments and the agencies that are owed: what was paid is told once, what is not taken goes back.

use super::*;
use crate::on_both_engines;

on_both_engines! {
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
