//! What is kept and counted while Redis is killed, frozen or full: nothing fails, nothing is slow for long,
//! no limit opens, nothing outdated comes back.

use std::{
    thread,
    time::{Duration, Instant},
};

use super::{
    Bounds, Cache, Health, Key, MINUTE, PACE, PATIENCE, Pace, Server, away, bytes, key, moment, node, pair,
    there, until,
};

#[tokio::test]
async fn killed_again_and_again_under_load_nothing_fails_and_no_limit_opens() {
    const LIMIT: u64 = 50;
    let mut server = Server::start();
    let (one, two) = pair(&server).await;
    let fate = tokio::task::spawn_blocking(move || {
        for _ in 0..4 {
            thread::sleep(Duration::from_millis(80));
            server.kill();
            thread::sleep(Duration::from_millis(40));
            server.restart();
        }
    });
    let ask = async |cache: Cache| {
        let (mut passed, mut turn) = (0, 0);
        while !fate.is_finished() {
            turn += 1;
            passed += u64::from(!cache.count(&key("limit"), MINUTE, moment(0)).await.over(LIMIT));
            let name = key(turn % 10);
            cache.put(&name, bytes("value"), MINUTE).await;
            cache.get(&name).await;
            cache.forget(&name).await;
            let name = Key::new("once", &[&turn]);
            let found = cache.once(&name, MINUTE, async || Ok::<_, ()>(bytes("found"))).await;
            assert_eq!(found, Ok(bytes("found")));
            cache.publish(&name, bytes("said"));
            // While Redis is away nothing waits; the killing wants its turn too.
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        passed
    };
    let (one, two) = tokio::join!(ask(one), ask(two));
    fate.await.unwrap();
    assert!((1..=LIMIT).contains(&one) && two <= LIMIT, "passed: {one} and {two}");
}

#[tokio::test]
async fn a_count_goes_on_from_the_last_one_seen_and_comes_back_to_an_empty_redis() {
    let mut server = Server::start();
    let (one, two) = pair(&server).await;
    for _ in 0..8 {
        two.count(&key(1), MINUTE, moment(0)).await;
    }
    assert_eq!(one.count(&key(1), MINUTE, moment(0)).await.count, 9);

    server.kill();
    assert_eq!(one.count(&key(1), MINUTE, moment(0)).await.count, 10);
    assert_eq!(one.tally(&key(1), MINUTE, moment(0)).await.count, 10);
    assert_eq!(two.count(&key(1), MINUTE, moment(0)).await.count, 9, "the last it saw was its own eighth");

    server.restart();
    there(&one).await;
    there(&two).await;
    assert_eq!(one.count(&key(1), MINUTE, moment(0)).await.count, 11);
    assert_eq!(two.count(&key(1), MINUTE, moment(0)).await.count, 12);
}

#[tokio::test]
async fn a_frozen_redis_costs_one_limit_not_one_for_each_question() {
    let server = Server::start();
    let pace = Pace { limit: Duration::from_millis(300), ..PACE };
    let cache = node(&server, Bounds::default(), pace).await;
    cache.count(&key(1), MINUTE, moment(0)).await;
    server.freeze();
    let began = Instant::now();
    for turn in 0..1000 {
        cache.put(&key(turn), bytes("value"), MINUTE).await;
        assert_eq!(cache.get(&key(turn)).await, Some(bytes("value")));
        assert_eq!(cache.count(&key(1), MINUTE, moment(0)).await.count, turn + 2);
    }
    // Three thousand questions at 300 ms each would be a quarter of an hour.
    assert!(began.elapsed() < PATIENCE, "{:?}", began.elapsed());
    assert!(matches!(cache.health(), Health::Away { .. }));
    server.thaw();
    there(&cache).await;
    assert_eq!(cache.count(&key(1), MINUTE, moment(0)).await.count, 1002);
}

#[tokio::test]
async fn what_was_replaced_or_forgotten_meanwhile_does_not_come_back_with_redis() {
    let server = Server::start();
    let cache = node(&server, Bounds::default(), PACE).await;
    for name in ["replaced", "forgotten", "untouched"] {
        cache.put(&key(name), bytes("old"), MINUTE).await;
    }
    server.freeze();
    cache.put(&key("replaced"), bytes("new"), MINUTE).await;
    cache.forget(&key("forgotten")).await;
    assert_eq!(cache.get(&key("replaced")).await, Some(bytes("new")));
    assert_eq!(cache.get(&key("forgotten")).await, None);
    server.thaw();
    there(&cache).await;
    assert_ne!(cache.get(&key("replaced")).await, Some(bytes("old")));
    assert_eq!(cache.get(&key("forgotten")).await, None);
    assert_eq!(cache.get(&key("untouched")).await, Some(bytes("old")));
}

#[tokio::test]
async fn what_was_kept_alone_does_not_outlive_the_outage() {
    let mut server = Server::start();
    let (one, two) = pair(&server).await;
    server.kill();
    away(&one).await;
    away(&two).await;
    one.put(&key(1), bytes("kept alone"), MINUTE).await;
    assert_eq!(one.get(&key(1)).await, Some(bytes("kept alone")));
    server.restart();
    there(&one).await;
    there(&two).await;
    two.put(&key(1), bytes("shared"), MINUTE).await;
    assert_eq!(one.get(&key(1)).await, Some(bytes("shared")));
    server.kill();
    away(&one).await;
    assert_eq!(one.get(&key(1)).await, None);
}

#[tokio::test]
async fn more_than_can_be_remembered_is_swept_and_only_of_this_prefix() {
    let server = Server::start();
    let cache = node(&server, Bounds::default(), PACE).await;
    let stranger = Cache::redis_at(&server.url(), "test2", Bounds::default(), PACE).unwrap();
    there(&stranger).await;
    stranger.put(&key("first"), bytes("another city's"), MINUTE).await;
    cache.put(&key("first"), bytes("old"), MINUTE).await;
    cache.count(&key("kept"), MINUTE, moment(0)).await;
    server.freeze();
    for turn in 0..10_500 {
        cache.forget(&key(turn)).await;
    }
    cache.forget(&key("first")).await;
    server.thaw();
    there(&cache).await;
    there(&stranger).await;
    assert_eq!(cache.get(&key("first")).await, None);
    assert_eq!(stranger.get(&key("first")).await, Some(bytes("another city's")));
    assert!(server.ask("KEYS test:*").contains("test:n:"), "counts are not swept");
}

#[tokio::test]
async fn a_caller_who_leaves_half_way_leaves_nothing_outdated() {
    let server = Server::start();
    let cache = node(&server, Bounds::default(), Pace { beat: MINUTE, ..PACE }).await;
    cache.put(&key(1), bytes("old"), MINUTE).await;
    server.freeze();
    let name = key(1);
    let put = cache.put(&name, bytes("half-way"), MINUTE);
    assert!(tokio::time::timeout(Duration::from_millis(20), put).await.is_err());
    server.thaw();
    until("the name is removed", async || cache.get(&key(1)).await.is_none()).await;
}

#[tokio::test]
async fn a_redis_that_takes_nothing_more_costs_speed_only() {
    let server = Server::start();
    let cache = node(&server, Bounds::default(), PACE).await;
    cache.put(&key(1), bytes("old"), MINUTE).await;
    cache.count(&key(1), MINUTE, moment(0)).await;
    server.ask("CONFIG SET maxmemory 1");
    cache.put(&key(1), bytes("new"), MINUTE).await;
    assert_ne!(cache.get(&key(1)).await, Some(bytes("old")));
    for expected in 2..20 {
        assert_eq!(cache.count(&key(1), MINUTE, moment(0)).await.count, expected);
    }
    server.ask("CONFIG SET maxmemory 0");
    there(&cache).await;
    until("values are kept again", async || {
        cache.put(&key(2), bytes("kept"), MINUTE).await;
        server.ask("KEYS test:v:*").contains("test:v:tests:2")
    })
    .await;
}
