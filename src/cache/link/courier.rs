//! Carries what is published on this node to the others, in order, without anybody waiting for it.
//!
//! What cannot be carried is not kept: the other nodes hear once that they have missed something.

use std::sync::{Arc, atomic::Ordering};

use bytes::Bytes;
use tokio::sync::mpsc;

use super::post::Post;

/// Letters carried with one command.
const BATCH: usize = 64;

/// One message on its way: its channel, and its frame of node and payload.
pub(super) struct Letter {
    channel: String,
    frame: Vec<u8>,
}

impl Letter {
    pub(super) fn new(channel: String, node: &[u8; 16], payload: &Bytes) -> Self {
        Self { channel, frame: [node.as_slice(), payload].concat() }
    }
}

pub(super) async fn carry(post: Arc<Post>, mut inbox: mpsc::Receiver<Letter>) {
    let mut state = post.state.subscribe();
    let mut letters = Vec::with_capacity(BATCH);
    loop {
        tokio::select! {
            count = inbox.recv_many(&mut letters, BATCH) => if count == 0 { return },
            _ = state.changed() => {}
            () = post.missing.notified() => {}
        }
        if !letters.is_empty() && !deliver(&post, &mut letters).await {
            post.owes_missed.store(true, Ordering::Release);
        }
        if post.owes_missed.swap(false, Ordering::AcqRel) && !confess(&post).await {
            post.owes_missed.store(true, Ordering::Release);
        }
    }
}

async fn deliver(post: &Post, letters: &mut Vec<Letter>) -> bool {
    let mut pipe = redis::pipe();
    for Letter { channel, frame } in letters.drain(..) {
        pipe.publish(channel, frame).ignore();
    }
    post.ask(|mut line| async move { pipe.exec_async(&mut line).await }).await.is_some()
}

async fn confess(post: &Post) -> bool {
    let command = redis::Cmd::publish(post.address.missed(), post.address.node.as_slice());
    post.ask(|mut line| async move { command.exec_async(&mut line).await }).await.is_some()
}
