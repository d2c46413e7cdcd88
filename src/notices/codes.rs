//! One-time codes on their way.

use chrono::TimeDelta;

use super::{
    courier::{Courier, NotSent},
    letters,
    providers::{Twice, Whom},
};
use crate::{
    accounts::{Channel, Message, SendCode},
    jobs::{Done, Failure, Running},
    platform::{Lang, Texts},
};

/// Sends a code. Done means that the mail server or the provider took it over, or that its life was over.
pub async fn send_code(courier: Courier, job: SendCode, running: Running) -> Result<Done, Failure> {
    let now = courier.clock.now();
    if job.ends_at - now < TimeDelta::minutes(1) {
        tracing::info!("a code was past its life and is not sent");
        return running.finish(|_| Ok::<_, Failure>(())).await;
    }
    let Some(message) = job.message(&courier.keys) else {
        return Err(Failure::give_up("the code cannot be opened with this key ring"));
    };
    let key = running.idempotency_key();
    hand_over(&courier, &key, &job, &message).await?;
    running.finish(|_| Ok::<_, Failure>(())).await
}

async fn hand_over(courier: &Courier, key: &str, job: &SendCode, message: &Message) -> Result<(), NotSent> {
    let t = Texts::new(message.lang.parse::<Lang>().unwrap_or_default());
    let way = (Whom::Any, Twice::Harmless);
    match job.channel {
        Channel::Sms => {
            let text = letters::code_text(t, message, job.ends_at);
            courier.text(key, &message.to, &text, way).await
        }
        Channel::Email => {
            let letter = letters::code(t, &courier.chrome.city(), message, job.ends_at);
            let letter = letter.map_err(|error| NotSent::Never(format!("the letter: {error}")))?;
            courier.mail(key, &message.to, &letter, way).await
        }
    }
}
