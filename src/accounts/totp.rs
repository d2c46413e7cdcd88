//! One-time passwords made by an app on the person's device (RFC 6238).

use totp_rs::{Builder, Secret, Totp};

use super::AccountError;
use crate::platform::{Moment, random};

/// A fresh secret, as people type it where they cannot scan it.
pub fn new_secret() -> Result<String, AccountError> {
    let bytes: [u8; 20] = random::bytes().map_err(|_| AccountError::Hashing)?;
    Ok(Secret::from(bytes.to_vec()).to_base32())
}

/// The step a code belongs to, if it is right now or was half a minute ago; never one that was taken already.
pub fn check(secret: &str, code: &str, now: Moment, last_step: i64) -> Option<i64> {
    let code: String = code.chars().filter(char::is_ascii_digit).collect();
    let seconds = u64::try_from(now.timestamp()).ok()?;
    let step = totp(secret)?.check(&code, seconds).and_then(|step| i64::try_from(step).ok())?;
    (step > last_step).then_some(step)
}

/// What the app scans.
pub fn address(secret: &str, issuer: &str, account: &str) -> String {
    let encode = |text: &str| {
        percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
    };
    let (issuer, account) = (encode(issuer), encode(account));
    format!("otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}")
}

/// The code at a moment: for people's devices in tests and for the demo.
pub fn code_at(secret: &str, now: Moment) -> Option<String> {
    let seconds = u64::try_from(now.timestamp()).ok()?;
    Some(totp(secret)?.generate(seconds).to_string())
}

fn totp(secret: &str) -> Option<Totp> {
    let secret = Secret::try_from_base32(secret).ok()?;
    Builder::new().with_secret(secret).with_skew(1).build().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_counts_once_and_not_for_long() {
        let secret = new_secret().unwrap();
        let now: Moment = "2026-11-20T04:00:00Z".parse().unwrap();
        let code = code_at(&secret, now).unwrap();
        let step = check(&secret, &code, now, 0).unwrap();
        assert_eq!(check(&secret, &code, now, step), None);
        assert!(check(&secret, &code, now + chrono::TimeDelta::seconds(30), 0).is_some());
        assert_eq!(check(&secret, &code, now + chrono::TimeDelta::seconds(90), 0), None);
        let spaced = format!("{} {}", &code[..3], &code[3..]);
        assert!(check(&secret, &spaced, now, 0).is_some());
        assert_eq!(check(&secret, "", now, 0), None);
    }
}
