//! Passwords: judged when chosen, hashed with Argon2id, never kept.
//!
//! Hashing is slow on purpose and so has threads of its own, as many at a time as there are processors: a flood
//! of sign-ins queues up for them and leaves the rest of the portal alone.

use std::sync::{Arc, LazyLock};

use argon2::{
    Argon2,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use tokio::sync::Semaphore;

use super::AccountError;
use crate::platform::{hashes::HashList, random};

/// Fewest and most characters.
pub const SHORTEST: usize = 10;
pub const LONGEST: usize = 128;

static HASHING: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(std::thread::available_parallelism().map_or(2, std::num::NonZero::get)));

/// A hash of nobody's password. Checking against it takes as long as against somebody's, so that the time of an
/// answer does not tell who has an account.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now("nobody's password").unwrap_or_default());

/// Why a password will not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weak {
    Short,
    Long,
    /// Among those that are guessed first, because they were leaked or are easily made up.
    Known,
    /// Made of the person's own details.
    Personal,
    /// On the city's list of leaked passwords.
    Leaked,
}

/// Judges a password somebody chooses, also by the city's list of leaked ones.
pub async fn judge(
    leaked: Option<&Arc<HashList>>,
    password: &str,
    own: &[&str],
) -> Result<Result<(), Weak>, AccountError> {
    let judged = guessable(password, own);
    let (Some(leaked), Ok(())) = (leaked.cloned(), judged) else { return Ok(judged) };
    let password = password.to_owned();
    // A list that cannot be read any more lets nobody through: it would be taken for one without this password.
    let known = tokio::task::spawn_blocking(move || leaked.holds(&password));
    let known = known.await.map_err(|_| AccountError::Hashing)??;
    Ok(if known { Err(Weak::Leaked) } else { Ok(()) })
}

/// Judges a password by itself. `own` is what others know of the person: name, telephone, mailbox.
fn guessable(password: &str, own: &[&str]) -> Result<(), Weak> {
    let count = password.chars().count();
    if count < SHORTEST {
        return Err(Weak::Short);
    }
    if count > LONGEST {
        return Err(Weak::Long);
    }
    let lower = password.to_lowercase();
    let long_enough = |detail: &&&str| detail.chars().count() >= 4;
    if own.iter().filter(long_enough).any(|detail| lower.contains(&detail.to_lowercase())) {
        return Err(Weak::Personal);
    }
    let score = u8::from(zxcvbn::zxcvbn(password, own).score());
    if score < 3 { Err(Weak::Known) } else { Ok(()) }
}

/// Hashes a password for keeping.
pub async fn hash(password: String) -> Result<String, AccountError> {
    slowly(move || hash_now(&password)).await?
}

/// Whether the password is the one behind the hash. Without a hash it takes as long and is never right.
pub async fn matches(password: String, kept: Option<String>) -> Result<bool, AccountError> {
    slowly(move || {
        let exists = kept.is_some();
        let kept = kept.unwrap_or_else(|| NOBODY.clone());
        let right = PasswordHash::new(&kept)
            .is_ok_and(|kept| Argon2::default().verify_password(password.as_bytes(), &kept).is_ok());
        right && exists
    })
    .await
}

async fn slowly<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, AccountError> {
    let _turn = HASHING.acquire().await.map_err(|_| AccountError::Hashing)?;
    metrics::counter!("yimen_password_work_total").increment(1);
    tokio::task::spawn_blocking(work).await.map_err(|_| AccountError::Hashing)
}

fn hash_now(password: &str) -> Result<String, AccountError> {
    let salt: [u8; 16] = random::bytes().map_err(|_| AccountError::Hashing)?;
    let hash: PasswordHash = Argon2::default()
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map_err(|_| AccountError::Hashing)?;
    Ok(hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guessable_passwords_are_refused_and_long_sentences_taken() {
        assert_eq!(guessable("abc", &[]), Err(Weak::Short));
        assert_eq!(guessable(&"a".repeat(200), &[]), Err(Weak::Long));
        for known in ["password123", "1234567890", "qwertyuiop", "aaaaaaaaaaaa"] {
            assert_eq!(guessable(known, &[]), Err(Weak::Known), "{known}");
        }
        assert_eq!(guessable("xx-13800000001-kD", &["13800000001"]), Err(Weak::Personal));
        assert_eq!(guessable("云江边上的早市卖豆浆", &[]), Ok(()));
        assert_eq!(guessable("crooked lantern by the river", &[]), Ok(()));
    }

    #[tokio::test]
    async fn only_the_right_password_matches_and_nobody_has_none() {
        let kept = hash("crooked lantern".to_owned()).await.unwrap();
        assert!(kept.starts_with("$argon2id$"));
        assert!(matches("crooked lantern".to_owned(), Some(kept.clone())).await.unwrap());
        assert!(!matches("crooked lanterns".to_owned(), Some(kept)).await.unwrap());
        assert!(!matches("nobody's password".to_owned(), None).await.unwrap());
    }
}
