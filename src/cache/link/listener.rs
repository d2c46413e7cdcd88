//! Hears what other nodes publish: one connection, all topics that somebody on this node listens to.
//!
//! Whenever listening to a topic begins at Redis, for the first time or again, its subscribers hear
//! `Missed`: nobody knows what was said before.

use std::{collections::HashSet, sync::Arc};

use bytes::Bytes;
use futures_util::StreamExt as _;
use redis::{Msg, aio::PubSubSink};
use tokio::time::{Instant, sleep};

use super::{
    keeper::Pauses,
    post::{Fault, Post, lock, within},
};
use crate::cache::board::{Board, Heard};

pub(super) async fn listen(post: Arc<Post>, board: Arc<Board>) {
    let mut pauses = Pauses::new(&post);
    loop {
        let began = Instant::now();
        let cause = Ear { post: &post, board: &board, topics: HashSet::new() }.listen().await;
        lock(&post.deaf_since).get_or_insert_with(Instant::now);
        // Whatever ended this connection has probably ended the other: no asker need find out.
        post.doubt.notify_one();
        tracing::debug!(%cause, "messages of other nodes do not arrive");
        pauses.note(began.elapsed());
        sleep(pauses.next()).await;
    }
}

struct Ear<'a> {
    post: &'a Post,
    board: &'a Board,
    /// The topics that Redis has confirmed on this connection.
    topics: HashSet<Arc<str>>,
}

impl Ear<'_> {
    /// Listens until something fails, and says what.
    async fn listen(mut self) -> Fault {
        match self.hear_all().await {
            Ok(()) => Fault::Closed,
            Err(cause) => cause,
        }
    }

    async fn hear_all(&mut self) -> Result<(), Fault> {
        let patience = self.post.pace.patience;
        let (mut sink, mut stream) =
            within(patience, self.post.address.client.get_async_pubsub()).await?.split();
        within(patience, sink.subscribe(self.post.address.missed())).await?;
        self.follow(&mut sink).await?;
        *lock(&self.post.deaf_since) = None;
        loop {
            tokio::select! {
                message = stream.next() => match message {
                    Some(message) => self.pass_on(&message),
                    None => return Ok(()),
                },
                () = self.board.changed.notified() => self.follow(&mut sink).await?,
                // A connection may die without a word.
                () = sleep(self.post.pace.beat) => {
                    within(patience, sink.ping::<redis::Value>()).await?;
                }
            }
        }
    }

    /// Brings what Redis sends in line with what is listened to here.
    async fn follow(&mut self, sink: &mut PubSubSink) -> Result<(), Fault> {
        let wanted = self.board.wanted();
        let channels = |names: Vec<&Arc<str>>| -> Vec<String> {
            names.into_iter().map(|name| self.post.address.topic(name)).collect()
        };
        let begun: Vec<_> = wanted.difference(&self.topics).collect();
        let ended: Vec<_> = self.topics.difference(&wanted).collect();
        if !ended.is_empty() {
            within(self.post.pace.patience, sink.unsubscribe(channels(ended))).await?;
        }
        if !begun.is_empty() {
            within(self.post.pace.patience, sink.subscribe(channels(begun.clone()))).await?;
        }
        for name in begun {
            self.board.tell(name, Heard::Missed);
        }
        self.topics = wanted;
        Ok(())
    }

    fn pass_on(&self, message: &Msg) {
        let Some((node, payload)) = message.get_payload_bytes().split_first_chunk::<16>() else { return };
        if *node == self.post.address.node {
            return;
        }
        let channel = message.get_channel_name();
        if channel == self.post.address.missed() {
            self.board.tell_all_missed();
        } else if let Some(topic) = channel.strip_prefix(&self.post.address.topic("")) {
            self.board.tell(topic, Heard::Said(Bytes::copy_from_slice(payload)));
        }
    }
}
