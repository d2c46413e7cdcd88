//! Keys of providers and of the portal, and providers that say little or nothing.

use super::*;

#[actix_web::test]
async fn keys_may_change_and_nobody_makes_the_portal_ask_all_the_time() {
    let (town, national, _other) = open(Engine::Sqlite).await;
    let lin = newcomer(&town, &national).await;
    let asked = national.asked("/jwks");
    assert_eq!(asked, 1, "kept from the first time");
    national.change_keys();
    assert_eq!(with(&lin, &national, "/sign-in/with/national").await.status, 400, "asked a moment ago");
    assert_eq!(national.asked("/jwks"), 1);
    town.clock.advance(TimeDelta::seconds(61));
    assert_eq!(with(&lin, &national, "/sign-in/with/national").await.location(), "/me");
    assert_eq!(national.asked("/jwks"), 2);
    national.twist(Twist::UnknownKey);
    for _ in 0..3 {
        assert_eq!(with(&lin, &national, "/sign-in/with/national").await.status, 400);
    }
    assert_eq!(national.asked("/jwks"), 2);
    // What is known is enough while the provider cannot be asked anew.
    town.clock.advance(TimeDelta::hours(2));
    national.twist(Twist::Down);
    assert_eq!(town.browser().get("/sign-in/with/national").await.status, 303);
    town.told().await;
    town.close().await;
}

#[actix_web::test]
async fn every_way_of_signing_that_only_a_key_s_holder_can_is_taken() {
    for algorithm in [Algorithm::ES256, Algorithm::EdDSA, Algorithm::RS256, Algorithm::PS256] {
        let national = National::open();
        national.sign_with(algorithm);
        let config = national.config("national");
        let town = Town::open_changed(Engine::Sqlite, &[], move |it| it.national = vec![config]).await;
        national.follow(&town.clock);
        national.person("lin", "林晓", NUMBER);
        drop(newcomer(&town, &national).await);
        town.close().await;
    }
}

#[actix_web::test]
async fn the_portal_can_prove_itself_with_a_key() {
    let (national, folder) = (National::open(), tempfile::tempdir().unwrap());
    let file = folder.path().join("national.pem");
    std::fs::write(&file, national.know_by_key()).unwrap();
    let mut config = national.config("national");
    config.proof = ClientProof::Key(file);
    let town = Town::open_changed(Engine::Sqlite, &[], move |it| it.national = vec![config]).await;
    national.follow(&town.clock);
    national.person("lin", "林晓", NUMBER);
    national.tell_details_apart();
    let lin = newcomer(&town, &national).await;
    assert_eq!(details(&town, subject(&town, &lin).await).await.identity_number.as_deref(), Some(NUMBER));
    assert_eq!(national.asked("/userinfo"), 1);
    town.close().await;
}

#[actix_web::test]
async fn a_pseudonym_is_enough_and_nothing_more_is_asked() {
    let national = National::open();
    let mut config = national.config("national");
    config.pseudonymous = true;
    let town = Town::open_changed(Engine::Sqlite, &[], move |it| it.national = vec![config]).await;
    national.follow(&town.clock);
    // Even if it says more than it should, none of it is taken.
    national.person("PAIRWISE-1", "林晓", NUMBER);
    let lin = newcomer(&town, &national).await;
    assert_eq!(session(&town, &lin).await.unwrap().signed.level, 4);
    let known = details(&town, subject(&town, &lin).await).await;
    assert_eq!((known.name, known.identity_number), (None, None));
    assert_eq!(national.asked("/userinfo"), 0);
    town.close().await;
}

#[actix_web::test]
async fn who_gives_no_usable_number_vouches_for_little() {
    let (town, national, _other) = open(Engine::Sqlite).await;
    // The check character is wrong.
    national.person("lin", "林晓", "990101198501010011");
    let lin = newcomer(&town, &national).await;
    assert_eq!(session(&town, &lin).await.unwrap().signed.level, 2);
    assert_eq!(details(&town, subject(&town, &lin).await).await.identity_number, None);
    town.close().await;
}

#[actix_web::test]
async fn an_unknown_or_absent_provider_is_told_plainly() {
    let (town, national, _other) = open(Engine::Sqlite).await;
    assert_eq!(town.get("/sign-in/with/nobody").await.status, 404);
    national.twist(Twist::Down);
    let page = town.get("/sign-in/with/national").await;
    assert_eq!(page.status, 503);
    assert!(page.texts("main").join(" ").contains("不是您的问题"));
    let seen = yimen::sso::upstream::Providers::check(&town.config.national).await;
    assert!(seen[0].1.is_err() && seen[1].1.is_ok(), "{seen:?}");
    town.close().await;
}
