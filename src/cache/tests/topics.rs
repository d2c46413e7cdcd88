//! Messages: to every subscriber on every node, and `Missed` when one may have been lost.

use futures_util::FutureExt as _;

use super::{
    Bytes, Health, Heard, Key, PATIENCE, Stage, Subscription, bytes, key, missed, on_both, said, until,
};

on_both!(
    Bounds { backlog: 8, value_bytes: 1000, ..Bounds::default() };
    everybody_who_listens_hears_it_once,
    topics_do_not_mix,
    messages_of_one_node_keep_their_order,
    whoever_falls_behind_hears_that_it_missed_something,
    too_large_a_message_is_heard_as_missed,
    nobody_listening_is_fine,
    who_leaves_leaves_nothing_behind,
);

/// Listens, past the `Missed` with which listening at Redis begins.
async fn listening(stage: &Stage, cache: &crate::cache::Cache, topic: &Key) -> Subscription {
    let mut subscription = cache.subscribe(topic);
    if stage.server.is_some() {
        missed(&mut subscription).await;
    }
    subscription
}

fn silent(subscription: &mut Subscription) -> bool {
    subscription.recv().now_or_never().is_none()
}

async fn everybody_who_listens_hears_it_once(stage: Stage) {
    let other = stage.other().await;
    let topic = Key::new("packages", &[]);
    let mut here = listening(&stage, &stage.cache, &topic).await;
    let mut here_too = stage.cache.subscribe(&topic);
    let mut there = listening(&stage, &other, &topic).await;
    for word in ["one", "two"] {
        stage.cache.publish(&topic, bytes(word));
        for subscription in [&mut here, &mut here_too, &mut there] {
            assert_eq!(subscription.recv().await, Heard::Said(bytes(word)));
        }
    }
    // What came back from Redis to the node that said it is not heard again.
    other.publish(&topic, bytes("three"));
    assert_eq!(here.recv().await, Heard::Said(bytes("three")));
    assert!(silent(&mut here) && !silent(&mut here_too));
}

async fn topics_do_not_mix(stage: Stage) {
    let other = stage.other().await;
    let mut jobs = listening(&stage, &other, &key("jobs")).await;
    let mut packages = listening(&stage, &other, &key("packages")).await;
    stage.cache.publish(&key("packages"), bytes("to packages"));
    stage.cache.publish(&key("jobs"), bytes("to jobs"));
    assert_eq!(jobs.recv().await, Heard::Said(bytes("to jobs")));
    assert_eq!(packages.recv().await, Heard::Said(bytes("to packages")));
    assert!(silent(&mut jobs) && silent(&mut packages));
}

async fn messages_of_one_node_keep_their_order(stage: Stage) {
    let other = stage.other().await;
    let mut there = listening(&stage, &other, &key(1)).await;
    for hundred in 0..20 {
        for number in 0..8 {
            stage.cache.publish(&key(1), bytes(&format!("{hundred}-{number}")));
        }
        for number in 0..8 {
            assert_eq!(said(&mut there).await, bytes(&format!("{hundred}-{number}")));
        }
    }
}

async fn whoever_falls_behind_hears_that_it_missed_something(stage: Stage) {
    let mut slow = listening(&stage, &stage.cache, &key(1)).await;
    for number in 0..20 {
        stage.cache.publish(&key(1), bytes(&number.to_string()));
    }
    assert_eq!(slow.recv().await, Heard::Missed);
    assert_eq!(slow.recv().await, Heard::Said(bytes("12")), "and then goes on with what is left");
}

async fn too_large_a_message_is_heard_as_missed(stage: Stage) {
    let other = stage.other().await;
    let mut here = listening(&stage, &stage.cache, &key(1)).await;
    let mut there = listening(&stage, &other, &key(1)).await;
    stage.cache.publish(&key(1), Bytes::from(vec![b'x'; 1001]));
    for subscription in [&mut here, &mut there] {
        let heard = tokio::time::timeout(PATIENCE, subscription.recv()).await;
        assert_eq!(heard.unwrap(), Heard::Missed);
    }
}

async fn nobody_listening_is_fine(stage: Stage) {
    stage.cache.publish(&key(1), bytes("to nobody"));
    let mut late = listening(&stage, &stage.cache, &key(1)).await;
    assert!(silent(&mut late), "what was said before is not repeated");
}

async fn who_leaves_leaves_nothing_behind(stage: Stage) {
    let first = listening(&stage, &stage.cache, &key(1)).await;
    let second = stage.cache.subscribe(&key(1));
    drop(first);
    assert_eq!(stage.cache.board().wanted().len(), 1);
    drop(second);
    assert!(stage.cache.board().wanted().is_empty());
    if let Some(server) = &stage.server {
        let gone = async || !server.ask("PUBSUB CHANNELS").contains("test:t:");
        until("Redis sends the topic no longer", gone).await;
    }

    let mut again = listening(&stage, &stage.cache, &key(1)).await;
    let other = stage.other().await;
    other.publish(&key(1), bytes("heard again"));
    assert_eq!(said(&mut again).await, bytes("heard again"));
    assert_eq!(stage.cache.health() == Health::InProcess, stage.server.is_none());
}
