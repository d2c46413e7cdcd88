//! The books of portal, provider and agencies: whatever happens they agree, and what differs is settled by a person.

use super::*;

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
    let text = desk.says(&item).await;
    assert!(text.contains("缴错了户号") && text.contains("核对"), "{text}");
    assert!(text.contains("燃气费缴纳") && text.contains("云州市燃气集团"), "{text}");
    assert!(!text.contains("gas-supply") && !text.contains("违反"), "{text}");
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
