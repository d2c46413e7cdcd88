//! Single flight: one works, the others wait; failing and leaving hand over; nothing wrong is kept.

use std::{
    cell::Cell,
    future,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use futures_util::future::join_all;
use tokio::{sync::oneshot, time::timeout};

use super::{Bytes, MINUTE, PATIENCE, Stage, bytes, key, on_both, until};

on_both!(
    Bounds { value_bytes: 1000, ..Bounds::default() };
    of_many_callers_one_works_and_all_are_answered,
    an_error_is_its_callers_own_and_is_not_kept,
    a_caller_who_leaves_hands_over,
    a_value_forgotten_meanwhile_is_answered_but_not_kept,
    a_value_too_large_to_keep_is_still_shared,
    other_names_do_not_wait,
);

async fn of_many_callers_one_works_and_all_are_answered(stage: Stage) {
    let worked = AtomicUsize::new(0);
    let ask = async || {
        let work = async || {
            worked.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(Duration::from_millis(20)).await;
            Ok::<_, ()>(bytes("answer"))
        };
        stage.cache.once(&key(1), MINUTE, work).await
    };
    let answers = join_all((0..100).map(|_| ask())).await;
    assert!(answers.iter().all(|answer| answer.as_deref() == Ok(b"answer".as_slice())));
    assert_eq!(worked.load(Ordering::Relaxed), 1);

    let other = stage.other().await;
    let found = other.once(&key(1), MINUTE, async || Err("the other node need not work")).await;
    assert_eq!(found, Ok(bytes("answer")));
    assert_eq!(stage.cache.0.flights.open(), 0);
}

async fn an_error_is_its_callers_own_and_is_not_kept(stage: Stage) {
    let turn = Cell::new(0);
    let ask = async || {
        let work = async || {
            let mine = turn.replace(turn.get() + 1);
            tokio::task::yield_now().await;
            if mine < 2 { Err(mine) } else { Ok(bytes("third time lucky")) }
        };
        stage.cache.once(&key(1), MINUTE, work).await
    };
    let answers = join_all((0..5).map(|_| ask())).await;
    assert_eq!(answers[..2], [Err(0), Err(1)]);
    assert!(answers[2..].iter().all(|answer| *answer == Ok(bytes("third time lucky"))));
    assert_eq!(turn.get(), 3);
    assert_eq!(stage.cache.0.flights.open(), 0);
}

async fn a_caller_who_leaves_hands_over(stage: Stage) {
    let (started, has_started) = oneshot::channel();
    let one = key(1);
    let first = stage.cache.once(&one, MINUTE, async || {
        started.send(()).unwrap();
        future::pending::<Result<Bytes, ()>>().await
    });
    let first = timeout(Duration::from_secs(1), first);
    let second = async {
        has_started.await.unwrap();
        stage.cache.once(&key(1), MINUTE, async || Ok::<_, ()>(bytes("second"))).await
    };
    let (first, second) = tokio::join!(first, timeout(PATIENCE, second));
    assert!(first.is_err(), "the first caller's own deadline has passed");
    assert_eq!(second.unwrap(), Ok(bytes("second")));

    // The same with nobody waiting: nothing is left behind.
    let two = key(2);
    let alone = stage.cache.once(&two, MINUTE, future::pending::<Result<Bytes, ()>>);
    assert!(timeout(Duration::from_millis(50), alone).await.is_err());
    assert_eq!(stage.cache.0.flights.open(), 0);
}

async fn a_value_forgotten_meanwhile_is_answered_but_not_kept(stage: Stage) {
    let (cache, one, two) = (&stage.cache, key(1), key(2));
    let answer = cache.once(&one, MINUTE, async || {
        cache.forget(&key(1)).await;
        // Whoever asks from now on does not join those who ask for what was true before.
        let later = cache.once(&one, Duration::ZERO, async || Ok::<_, ()>(bytes("new")));
        assert_eq!(timeout(PATIENCE, later).await.unwrap(), Ok(bytes("new")));
        Ok::<_, ()>(bytes("old"))
    });
    assert_eq!(answer.await, Ok(bytes("old")));
    assert_eq!(cache.get(&key(1)).await, None);

    let answer = cache.once(&two, MINUTE, async || {
        cache.put(&key(2), bytes("put"), MINUTE).await;
        Ok::<_, ()>(bytes("worked out before"))
    });
    assert_eq!(answer.await, Ok(bytes("worked out before")));
    assert_eq!(cache.get(&key(2)).await, Some(bytes("put")));
}

async fn a_value_too_large_to_keep_is_still_shared(stage: Stage) {
    let worked = Cell::new(0);
    let ask = async || {
        let work = async || {
            worked.set(worked.get() + 1);
            tokio::task::yield_now().await;
            Ok::<_, ()>(Bytes::from(vec![b'x'; 5000]))
        };
        stage.cache.once(&key(1), MINUTE, work).await
    };
    let answers = join_all((0..10).map(|_| ask())).await;
    assert!(answers.iter().flatten().all(|answer| answer.len() == 5000));
    assert_eq!((answers.len(), worked.get()), (10, 1));
    assert_eq!(stage.cache.get(&key(1)).await, None);
}

async fn other_names_do_not_wait(stage: Stage) {
    let cache = stage.cache.clone();
    let hanging =
        tokio::spawn(
            async move { cache.once(&key("hangs"), MINUTE, future::pending::<Result<Bytes, ()>>).await },
        );
    until("the first is under way", async || stage.cache.0.flights.open() == 1).await;
    let name = key("quick");
    let quick = stage.cache.once(&name, MINUTE, async || Ok::<_, ()>(bytes("answer")));
    assert_eq!(timeout(PATIENCE, quick).await.unwrap(), Ok(bytes("answer")));
    hanging.abort();
}
