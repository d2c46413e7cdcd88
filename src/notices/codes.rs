//! One-time codes on their way.

use chrono::TimeDelta;

use super::{
    courier::{Courier, NotSent},
    letters,
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
    match hand_over(&courier, &key, &job, &message).await {
        Ok(()) => running.finish(|_| Ok::<_, Failure>(())).await,
        Err(NotSent::Later(reason)) => Err(Failure::Retry(reason)),
        Err(NotSent::Never(reason)) => Err(Failure::GiveUp(reason)),
    }
}

async fn hand_over(courier: &Courier, key: &str, job: &SendCode, message: &Message) -> Result<(), NotSent> {
    let t = Texts::new(message.lang.parse::<Lang>().unwrap_or_default());
    match job.channel {
        Channel::Sms => {
            let texts = courier.texts.as_ref().ok_or_else(|| no_channel("sms"))?;
            texts.send(key, &message.to, &letters::code_text(t, message, job.ends_at)).await
        }
        Channel::Email => {
            let mail = courier.mail.as_ref().ok_or_else(|| no_channel("smtp"))?;
            let letter = letters::code(t, &courier.chrome.city(), message, job.ends_at);
            let letter = letter.map_err(|error| NotSent::Never(format!("the letter: {error}")))?;
            mail.send(courier.clock.now(), key, &message.to, letter).await
        }
    }
}

/// Pages ask beforehand which channels there are, so this one was taken away meanwhile.
pub(super) fn no_channel(section: &str) -> NotSent {
    NotSent::Never(format!("the channel is not set up: see [{section}] in the configuration"))
}
