//! Appointments at a hospital that takes every call and never answers, at each step, and that is away until further
//! notice: every page comes and says what is so, nothing is booked twice, and all goes on by itself.

use yimen::gateway::maintenance::{self, Announcement};
use yimen_contract::Bilingual;
use yimen_sandbox::Backend;

use super::*;

const HOSPITAL: &str = "tcm-hospital";
/// What its sample says of a booking that somebody else has confirmed.
const RECORDED: &str = "THYY20261124017";

fn hangs(backend: &Backend, path: &str) {
    backend.fail(Fault { hang: true, path: path.to_owned(), ..Fault::default() });
}

/// It answers again, and so much time passes that the portal has asked.
async fn answers_again(town: &Town, backend: &Backend) {
    backend.fail(Fault::default());
    town.pass(TimeDelta::minutes(10)).await;
}

#[actix_web::test]
async fn appointments_get_through_a_hospital_that_hangs_at_each_step_or_is_away() {
    let town = Town::open(Engine::Sqlite).await;
    let folder = TempDir::new().unwrap();
    let backends = town.play(&[load(HOSPITAL)], folder.path()).await;
    let hospital = backends.get(HOSPITAL).unwrap();
    let form = form_of(HOSPITAL, KEEPS);
    let who = (lin(&town).await, wang(&town).await);
    let (lin, wang) = (Browser::of(&town, who.0, 3).await, Browser::of(&town, who.1, 3).await);
    // Early enough to be given back in time.
    let slot = lin.free_on(KEEPS, "2026-11-25").await.remove(0);

    // The calendar: that it does not come does not mean that nothing is free.
    hangs(hospital, "/v1/slots");
    let away = lin.get(&format!("/services/{KEEPS}/start")).await;
    let text = away.texts("main").join(" ");
    assert!(away.status == 503 && text.contains("没有回应") && !text.contains("没有放号"), "{text}");
    // Keeping a time: the form comes all the same, and nothing is said to be kept.
    hangs(hospital, "/v1/bookings/holds");
    let chosen = lin.chooses(KEEPS, &slot).await;
    assert_eq!(chosen.status, 303, "{:?}", chosen.texts("main"));
    let first = lin.answers(&chosen.location(), &form).await;
    assert!(lin.text(&first).await.contains("确认以后才算约上"));
    hospital.fail(Fault::default());
    let chosen = wang.chooses(KEEPS, &slot).await;
    let second = wang.answers(&chosen.location(), &form).await;
    assert!(wang.text(&second).await.contains("为您保留到"));

    // Booking, what the hospital does not know of and what it keeps: it is asked what it has before anything is repeated.
    hangs(hospital, "/v1/bookings");
    let (hers, his) = (lin.confirms(&first).await, wang.confirms(&second).await);
    town.work().await;
    let waits = |text: &str| text.contains("正在向") || text.contains("还没有送到");
    for text in [lin.text(&hers).await, wang.text(&his).await] {
        assert!(waits(&text) && !text.contains("签到码"), "{text}");
    }
    answers_again(&town, hospital).await;
    for text in [lin.text(&hers).await, wang.text(&his).await] {
        assert!(text.contains("已约好") && text.contains("签到码") && !text.contains(RECORDED), "{text}");
    }

    // Giving back: it is not said to be given back before the hospital knows.
    hangs(hospital, "/v1/bookings/cancellations");
    assert_eq!(wang.post(&format!("{his}/cancel"), &[]).await.status, 303);
    town.work().await;
    let done = format!("{his}?cancelled=1");
    assert_eq!(wang.state(&done).await, "正在取消");
    assert!(!wang.text(&done).await.contains("已经退回"));
    answers_again(&town, hospital).await;
    let (lin, wang) = (Browser::of(&town, who.0, 3).await, Browser::of(&town, who.1, 3).await);
    assert_eq!((lin.state(&hers).await, wang.state(&his).await), ("已约好".into(), "已取消".into()));
    assert!(wang.text(&done).await.contains("已经退回"));

    // Away until further notice: so the tickets say, and what becomes of it where that lasts too long.
    let chosen = wang.chooses(KEEPS, &slot).await;
    let third = wang.answers(&chosen.location(), &form).await;
    let now = town.clock.now();
    let reason = Bilingual::new("搬迁机房", "Moving the machines");
    let notice = Announcement { agency: HOSPITAL.to_owned(), from: now, to: None, reason };
    let announce = town.db.tx(move |c| maintenance::announce(c, now, &notice, "operator", TimeDelta::zero()));
    let id = announce.await.unwrap();
    let his = wang.confirms(&third).await;
    assert_eq!(lin.post(&format!("{hers}/cancel"), &[]).await.status, 303);
    town.work().await;
    for (text, end) in [(wang.text(&his).await, "就不算约上"), (lin.text(&hers).await, "预约就仍然有效")]
    {
        assert!(text.contains("恢复时间另行通知") && text.contains(end), "{text}");
    }
    let now = town.clock.now();
    town.db.tx(move |c| maintenance::cancel(c, now, HOSPITAL, id, "operator")).await.unwrap();
    town.pass(TimeDelta::minutes(40)).await;
    let (lin, wang) = (Browser::of(&town, who.0, 3).await, Browser::of(&town, who.1, 3).await);
    assert_eq!((lin.state(&hers).await, wang.state(&his).await), ("已取消".into(), "已约好".into()));
    backends.stop().await;
    town.close().await;
}
