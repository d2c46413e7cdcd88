//! Values: kept, replaced, forgotten, expired, refused.

use std::time::Duration;

use super::{Bytes, MINUTE, Stage, bytes, key, on_both, until};

on_both!(
    Bounds { value_bytes: 1000, bytes: 200_000, ..Bounds::default() };
    what_is_put_is_there_for_every_node,
    putting_again_replaces_and_forgetting_removes,
    a_value_lives_as_long_as_it_was_given,
    too_large_or_dead_is_not_kept_and_neither_is_what_it_replaces,
    any_bytes_may_be_kept,
    a_flood_stays_within_bounds,
);

async fn what_is_put_is_there_for_every_node(stage: Stage) {
    let other = stage.other().await;
    assert_eq!(stage.cache.get(&key("fines")).await, None);
    stage.cache.put(&key("fines"), bytes("two"), MINUTE).await;
    assert_eq!(stage.cache.get(&key("fines")).await, Some(bytes("two")));
    assert_eq!(other.get(&key("fines")).await, Some(bytes("two")));
    assert_eq!(other.get(&key("dues")).await, None);
}

async fn putting_again_replaces_and_forgetting_removes(stage: Stage) {
    let other = stage.other().await;
    stage.cache.put(&key(1), bytes("old"), MINUTE).await;
    other.put(&key(1), bytes("new"), MINUTE).await;
    assert_eq!(stage.cache.get(&key(1)).await, Some(bytes("new")));
    other.forget(&key(1)).await;
    assert_eq!(stage.cache.get(&key(1)).await, None);
}

async fn a_value_lives_as_long_as_it_was_given(stage: Stage) {
    let cache = &stage.cache;
    cache.put(&key("long"), bytes("still here"), MINUTE).await;
    cache.put(&key("short"), bytes("soon gone"), Duration::from_millis(30)).await;
    until("the short-lived value is gone", async || cache.get(&key("short")).await.is_none()).await;
    assert_eq!(cache.get(&key("long")).await, Some(bytes("still here")));

    cache.put(&key("long"), bytes("shortened"), Duration::from_millis(30)).await;
    until("the second life counts, not the first", async || cache.get(&key("long")).await.is_none()).await;
    cache.put(&key("forever"), bytes("for thirty days"), Duration::MAX).await;
    assert_eq!(cache.get(&key("forever")).await, Some(bytes("for thirty days")));
}

async fn too_large_or_dead_is_not_kept_and_neither_is_what_it_replaces(stage: Stage) {
    let cache = &stage.cache;
    cache.put(&key("grows"), bytes("small"), MINUTE).await;
    cache.put(&key("grows"), Bytes::from(vec![b'x'; 1001]), MINUTE).await;
    assert_eq!(cache.get(&key("grows")).await, None);
    cache.put(&key("dies"), bytes("alive"), MINUTE).await;
    cache.put(&key("dies"), bytes("dead"), Duration::ZERO).await;
    assert_eq!(cache.get(&key("dies")).await, None);
}

async fn any_bytes_may_be_kept(stage: Stage) {
    let every: Bytes = (0..=u8::MAX).collect();
    stage.cache.put(&key("字节"), every.clone(), MINUTE).await;
    stage.cache.put(&key("none"), Bytes::new(), MINUTE).await;
    assert_eq!(stage.cache.get(&key("字节")).await, Some(every));
    assert_eq!(stage.cache.get(&key("none")).await, Some(Bytes::new()));
}

async fn a_flood_stays_within_bounds(mut stage: Stage) {
    // With Redis there, it is Redis that is bounded; without it, this process.
    if let Some(server) = &mut stage.server {
        server.kill();
    }
    let value = Bytes::from(vec![b'x'; 900]);
    for number in 0..1000 {
        stage.cache.put(&key(number), value.clone(), MINUTE).await;
    }
    assert!(stage.cache.0.shelf.weight() <= 200_000);
}
