//! The connections themselves: found late, lost, found again, and what subscribers hear of it.

use std::time::Duration;

use tokio::net::TcpSocket;

use super::{
    Bounds, Cache, Health, Heard, Key, MINUTE, PACE, Pace, Server, away, bytes, key, missed, moment, node,
    pair, said, there, until,
};

#[tokio::test]
async fn starting_without_redis_works_and_redis_is_found_when_it_comes() {
    let mut server = Server::planned();
    let cache = Cache::redis_at(&server.url(), "test", Bounds::default(), PACE).unwrap();
    assert!(matches!(cache.health(), Health::Away { .. }));
    cache.put(&key(1), bytes("kept alone"), MINUTE).await;
    assert_eq!(cache.get(&key(1)).await, Some(bytes("kept alone")));
    assert_eq!(cache.count(&key(1), MINUTE, moment(0)).await.count, 1);
    let mut heard = cache.subscribe(&key(1));
    cache.publish(&key(1), bytes("to myself"));
    assert_eq!(heard.recv().await, Heard::Said(bytes("to myself")));

    server.restart();
    there(&cache).await;
    missed(&mut heard).await;
    let other = node(&server, Bounds::default(), PACE).await;
    other.publish(&key(1), bytes("from another"));
    assert_eq!(said(&mut heard).await, bytes("from another"));
    assert_eq!(other.count(&key(1), MINUTE, moment(0)).await.count, 1);
    assert_eq!(cache.count(&key(1), MINUTE, moment(0)).await.count, 2);
}

#[tokio::test]
async fn subscriptions_go_on_with_missed_after_a_restart() {
    let mut server = Server::start();
    let (one, two) = pair(&server).await;
    let topic = Key::new("packages", &[]);
    let mut heard = two.subscribe(&topic);
    missed(&mut heard).await;
    one.publish(&topic, bytes("before"));
    assert_eq!(heard.recv().await, Heard::Said(bytes("before")));

    server.kill();
    away(&one).await;
    away(&two).await;
    one.publish(&topic, bytes("lost"));
    two.publish(&topic, bytes("to my own node"));
    assert_eq!(heard.recv().await, Heard::Said(bytes("to my own node")));

    server.restart();
    there(&one).await;
    there(&two).await;
    missed(&mut heard).await;
    one.publish(&topic, bytes("after"));
    assert_eq!(said(&mut heard).await, bytes("after"));
}

/// The node that speaks loses Redis, those who listen do not: they hear it from the node when it is back.
#[tokio::test]
async fn what_could_not_be_told_is_owned_up_to() {
    let server = Server::start();
    let (one, two) = pair(&server).await;
    let mut heard = two.subscribe(&key(1));
    missed(&mut heard).await;
    // An outage of the first node alone: its next publish falls into it.
    let link = one.0.link.as_ref().unwrap();
    link.break_off();
    one.publish(&key(1), bytes("lost"));
    missed(&mut heard).await;
    there(&one).await;
    one.publish(&key(1), bytes("after"));
    assert_eq!(said(&mut heard).await, bytes("after"));
}

#[tokio::test]
async fn an_idle_node_notices_by_itself() {
    let mut server = Server::start();
    let cache = node(&server, Bounds::default(), PACE).await;
    server.kill();
    away(&cache).await;
    server.restart();
    there(&cache).await;
}

/// Longer than a silent connection is given chances: a new one is opened, and the old one's commands, which
/// Redis may still read, undo nothing.
#[tokio::test]
async fn a_long_silence_ends_with_a_new_connection() {
    let tense = Duration::from_millis(50);
    let server = Server::start();
    let cache = node(&server, Bounds::default(), Pace { limit: tense, patience: tense * 2, ..PACE }).await;
    let heard = cache.subscribe(&key(1));
    server.freeze();
    away(&cache).await;
    cache.put(&key(1), bytes("in the silence"), MINUTE).await;
    tokio::time::sleep(Duration::from_millis(700)).await;
    cache.forget(&key(1)).await;
    server.thaw();
    there(&cache).await;
    assert_eq!(cache.get(&key(1)).await, None);
    drop(heard);
}

/// The other tests use a socket file; this is how Redis is reached elsewhere.
#[tokio::test]
async fn over_the_network_with_a_password_and_without_the_right_one() {
    // Held beside Redis, which may bind it too: let go before, it might become somebody else's.
    let held = TcpSocket::new_v4().unwrap();
    held.set_reuseaddr(true).unwrap();
    held.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let port = held.local_addr().unwrap().port().to_string();
    let _server = Server::start_with(&["--bind", "127.0.0.1", "--port", &port, "--requirepass", "right"]);
    let open = |word: &str| {
        let url = format!("redis://:{word}@127.0.0.1:{port}/3");
        Cache::redis_at(&url, "test", Bounds::default(), PACE).unwrap()
    };
    let (right, wrong) = (open("right"), open("wrong"));
    there(&right).await;
    right.put(&key(1), bytes("shared"), MINUTE).await;
    assert_eq!(right.get(&key(1)).await, Some(bytes("shared")));
    wrong.put(&key(1), bytes("kept alone"), MINUTE).await;
    assert_eq!(wrong.get(&key(1)).await, Some(bytes("kept alone")));
    assert!(matches!(wrong.health(), Health::Away { .. }));
}

#[tokio::test]
async fn the_last_handle_takes_its_connections_along() {
    let server = Server::start();
    let cache = node(&server, Bounds::default(), PACE).await;
    let subscription = cache.subscribe(&key(1));
    drop(cache);
    tokio::task::yield_now().await;
    let connections = || server.ask("CLIENT LIST").lines().filter(|line| line.contains("id=")).count() - 1;
    assert!(connections() >= 2, "a subscription keeps the cache alive");
    drop(subscription);
    until("the connections are closed", async || connections() == 0).await;
}
