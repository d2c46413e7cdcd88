//! Accounts of staff that change, are handed over and end.

use super::*;
use crate::on_both_engines;

on_both_engines! {
    /// What somebody may do is looked up, not remembered.
    async fn a_changed_or_ended_account_is_out_at_once(town: Town) {
        let admin = hired(&town, "admin", Role::Administrator, "/").await;
        let zhou = hired(&town, "zhou", Role::Officer, "yunjiang").await;
        let boss = at_work(&town, admin, Role::Administrator, "/").await;
        let officer = at_work(&town, zhou, Role::Officer, "yunjiang").await;
        officer.get("/staff").await.ok();
        let path = format!("/admin/people/{zhou}");
        let changed = boss.post(&format!("{path}/change"), &[("role", "manager"), ("branch", "/yunjiang/")]).await;
        assert_eq!(changed.header("location"), format!("{path}?said=changed"));
        assert_eq!(officer.get("/staff").await.status, 303, "signed out");
        // Even a session that survived would not do: it says another role than the account has.
        let stale = at_work(&town, zhou, Role::Officer, "yunjiang").await;
        assert_eq!(stale.get("/staff").await.status, 403);
        let manager = at_work(&town, zhou, Role::Manager, "yunjiang").await;
        manager.get("/admin/people").await.ok();
        boss.post(&format!("{path}/end"), &[]).await;
        assert_eq!(manager.get("/staff").await.status, 303);
        let after = at_work(&town, zhou, Role::Manager, "yunjiang").await;
        assert_eq!(after.get("/staff").await.status, 403);
        // Nobody changes or ends their own account.
        let own = format!("/admin/people/{admin}");
        assert_eq!(boss.post(&format!("{own}/end"), &[]).await.status, 403);
        assert_eq!(boss.post(&format!("{own}/change"), &[("role", "officer"), ("branch", "/")]).await.status, 403);
        town.close().await;
    }

    /// Sooner than a citizen's: 15 minutes unused, 10 hours at the longest.
    async fn a_session_of_staff_ends_sooner(town: Town) {
        let id = hired(&town, "zhou", Role::Officer, "/").await;
        let officer = at_work(&town, id, Role::Officer, "/").await;
        town.clock.advance(TimeDelta::minutes(14));
        officer.get("/staff").await.ok();
        town.clock.advance(TimeDelta::minutes(15));
        assert!(officer.get("/staff").await.header("location").starts_with("/staff/sign-in"));
        let officer = at_work(&town, id, Role::Officer, "/").await;
        for _ in 0..59 {
            town.clock.advance(TimeDelta::minutes(10));
            officer.get("/staff").await.ok();
        }
        town.clock.advance(TimeDelta::minutes(10));
        assert!(officer.get("/staff").await.header("location").starts_with("/staff/sign-in"));
        town.close().await;
    }

    /// Whoever lost everything is invited anew: by a link, and nobody else ever knows the password.
    async fn inviting_again_ends_every_earlier_way_in(town: Town) {
        let boss = hired(&town, "boss", Role::Administrator, "/").await;
        let boss = at_work(&town, boss, Role::Administrator, "/").await;
        let id = hired(&town, "zhou", Role::Officer, "/").await;
        let officer = at_work(&town, id, Role::Officer, "/").await;
        officer.get("/staff").await.ok();
        let shown = boss.post(&format!("/admin/people/{id}/invite"), &[]).await.ok();
        assert!(!shown.body.contains("type=\"password\""), "no password is chosen for anybody");
        assert_eq!(officer.get("/staff").await.status, 303, "the session is over");
        let kept = town.db.read(|c| staff::entry::password_of(c, "zhou")).await.unwrap();
        assert_eq!(kept, None, "and so is the password");
        let start = shown.body.find("/staff/join?token=").expect("a link") + "/staff/join?token=".len();
        let token: String = shown.body[start..]
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
            .collect();
        let page = Browser::new(&town).get(&format!("/staff/join?token={token}")).await.ok();
        let (ring, now, secret) = (keys(&town), town.clock.now(), secret_on(&page));
        town.db.tx(move |c| staff::join(c, &ring, now, &token, "another", &secret, 0)).await.unwrap();
        let kept = town.db.read(|c| staff::entry::password_of(c, "zhou")).await.unwrap();
        assert_eq!(kept.as_deref(), Some("another"));
        town.close().await;
    }

    async fn a_helper_works_until_a_date_on_what_was_assigned(town: Town) {
        let id = hired(&town, "helper", Role::Helper, "yunjiang").await;
        let (now, work, other) = (town.clock.now(), Uuid::now_v7(), Uuid::now_v7());
        let says = signed(now, id, Role::Helper, "yunjiang");
        assert!(may(&says, Act::WorkAssigned, &branch("yunjiang")).is_ok());
        for act in Act::ALL.into_iter().filter(|act| *act != Act::WorkAssigned) {
            assert!(may(&says, act, &branch("yunjiang")).is_err(), "{act:?}");
        }
        assert!(may(&says, Act::WorkAssigned, &branch("wangshan")).is_err());
        let assigned = town.db.tx(move |c| {
            staff::assign(c, now, id, "case", work)?;
            Ok::<_, DbError>((staff::is_assigned(c, id, "case", work)?, staff::is_assigned(c, id, "case", other)?))
        }).await.unwrap();
        assert_eq!(assigned, (true, false));
        town.clock.advance(TimeDelta::days(30) - TimeDelta::seconds(1));
        at_work(&town, id, Role::Helper, "yunjiang").await.get("/staff").await.ok();
        town.clock.advance(TimeDelta::seconds(1));
        assert_eq!(at_work(&town, id, Role::Helper, "yunjiang").await.get("/staff").await.status, 403);
        town.close().await;
    }

    async fn whoever_leaves_hands_over_first(town: Town) {
        let admin = hired(&town, "admin", Role::Administrator, "/").await;
        let (leaving, staying) =
            (hired(&town, "leaving", Role::Officer, "/").await, hired(&town, "staying", Role::Officer, "/").await);
        let (now, work) = (town.clock.now(), [Uuid::now_v7(), Uuid::now_v7()]);
        town.db.tx(move |c| {
            staff::assign(c, now, leaving, "case", work[0])?;
            staff::assign(c, now, leaving, "case", work[1])?;
            // Held by both already: handing over must not stumble over it.
            staff::assign(c, now, staying, "case", work[1])
        }).await.unwrap();
        let boss = at_work(&town, admin, Role::Administrator, "/").await;
        let path = format!("/admin/people/{leaving}");
        assert_eq!(boss.post(&format!("{path}/end"), &[]).await.header("location"), format!("{path}?said=holding"));
        assert!(boss.get(&path).await.ok().texts("[aria-labelledby=held] li").concat().contains('2'));
        let to = staying.to_string();
        let passed = boss.post(&format!("{path}/hand-over"), &[("to", &to)]).await;
        assert_eq!(passed.header("location"), format!("{path}?said=handed"));
        let has = town.db.read(move |c| {
            Ok::<_, DbError>((staff::is_assigned(c, staying, "case", work[0])?, staff::is_assigned(c, leaving, "case", work[0])?))
        }).await.unwrap();
        assert_eq!(has, (true, false));
        assert_eq!(boss.post(&format!("{path}/end"), &[]).await.header("location"), format!("{path}?said=ended"));
        let record = boss.get(&path).await.ok().texts("[aria-labelledby=history] li").join(" ");
        assert!(record.contains("停用") && record.contains("移交") && record.contains("邀请"), "{record}");
        // The name stays where people look for who did something.
        assert!(boss.get("/admin/people").await.ok().texts(".acting-list .line-meta").contains(&"leaving".to_owned()));
        town.close().await;
    }
}
