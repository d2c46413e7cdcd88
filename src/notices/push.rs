//! Notices into browsers (Web Push): encrypted so that only the browser can read them (RFC 8291), and handed to whoever
//! carries messages for it, to whom the portal proves who it is (VAPID, RFC 8292). Both are a few lines over the same
//! primitives that the rest of the house uses; they are sent like everything that goes to an address that somebody gave.

use aes_gcm::{Aes128Gcm, Key, KeyInit as _, Nonce, aead::Aead as _};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use chrono::TimeDelta;
use hkdf::Hkdf;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use p256::{
    PublicKey, SecretKey, ecdh::diffie_hellman, elliptic_curve::sec1::ToSec1Point as _,
    pkcs8::EncodePrivateKey as _,
};
use serde_json::json;
use sha2::Sha256;
use url::Url;
use yimen_drivers::Dialer;

use super::{courier::NotSent, dial, news::Told};
use crate::platform::{Moment, keys::KeyRing, random};

/// So long whoever carries it keeps it for a browser that is switched off.
const KEPT: TimeDelta = TimeDelta::days(1);
/// So long a proof of who we are is good; more than a day is refused.
const PROVED: TimeDelta = TimeDelta::hours(12);
/// The one record that a message is (RFC 8188): what carriers take at least, with what encryption adds.
const RECORD: u32 = 4096;
/// Letters of a title: with everything else it stays within the record.
const LETTERS: usize = 300;
const SECRET: usize = 16;

/// By which carriers know the portal.
pub(super) struct Vapid {
    signing: EncodingKey,
    /// The public half, as browsers want it.
    public: String,
    contact: String,
}

impl Vapid {
    /// It comes from the key ring's oldest key: every node has the same, and a rotation does not end subscriptions.
    pub(super) fn of(ring: &KeyRing, contact: &str) -> Option<Self> {
        let secret = secret(ring)?;
        let der = secret.to_pkcs8_der().ok()?;
        Some(Self {
            signing: EncodingKey::from_ec_der(der.as_bytes()),
            public: BASE64.encode(point(&secret.public_key())),
            contact: contact.to_owned(),
        })
    }

    /// Proves to a carrier that the message is from us, and until when.
    fn proof(&self, now: Moment, endpoint: &Url) -> Option<String> {
        let claims = json!({
            "aud": endpoint.origin().ascii_serialization(),
            "exp": (now + PROVED).timestamp(),
            "sub": self.contact,
        });
        let token = encode(&Header::new(Algorithm::ES256), &claims, &self.signing).ok()?;
        Some(format!("vapid t={token}, k={}", self.public))
    }
}

/// The key that pages give browsers, so that only we can send them anything.
pub(super) fn public_key(ring: &KeyRing) -> Option<String> {
    Some(BASE64.encode(point(&secret(ring)?.public_key())))
}

/// Of 32 bytes almost all are a key; the first that are.
fn secret(ring: &KeyRing) -> Option<SecretKey> {
    (0..=u8::MAX).find_map(|turn| SecretKey::from_slice(&ring.sign("web-push", &[turn])).ok())
}

fn point(key: &PublicKey) -> Vec<u8> {
    key.to_sec1_point(false).as_bytes().to_vec()
}

/// What a browser gave of its keys, if they are some.
pub(super) fn keys(p256dh: &str, auth: &str) -> Option<(PublicKey, [u8; SECRET])> {
    let key = BASE64.decode(p256dh.trim_end_matches('=')).ok()?;
    let auth = BASE64.decode(auth.trim_end_matches('=')).ok()?;
    Some((PublicKey::from_sec1_bytes(&key).ok()?, auth.try_into().ok()?))
}

/// Hands a notice over.
pub(super) async fn tell(
    dialer: &dyn Dialer,
    now: Moment,
    vapid: &Vapid,
    (endpoint, p256dh, auth): (&str, &str, &str),
    told: &Told<'_>,
) -> Result<(), NotSent> {
    let unfit = || NotSent::Never("the message could not be put together".to_owned());
    let (key, auth) = keys(p256dh, auth).ok_or_else(unfit)?;
    let endpoint = Url::parse(endpoint).map_err(|_| unfit())?;
    let title: String = told.title.chars().take(LETTERS).collect();
    let said = json!({ "id": told.key, "title": title, "path": told.path, "lang": told.lang }).to_string();
    let body = encrypted(&key, auth, said.as_bytes()).ok_or_else(unfit)?;
    let headers = vec![
        ("authorization", vapid.proof(now, &endpoint).ok_or_else(unfit)?),
        ("content-encoding", "aes128gcm".to_owned()),
        ("content-type", "application/octet-stream".to_owned()),
        ("ttl", KEPT.num_seconds().to_string()),
        ("urgency", if told.topic.waits_for_nothing() { "high" } else { "normal" }.to_owned()),
    ];
    judge(dial::post(dialer, endpoint, headers, body.into()).await?.status)
}

/// What has no browser any more is gone; a carrier that does not know us, or wants it later, may pass.
fn judge(status: u16) -> Result<(), NotSent> {
    match status {
        200..=299 => Ok(()),
        404 | 410 => Err(NotSent::Gone("a browser is gone".to_owned())),
        400 | 413 => Err(NotSent::Never(format!("a browser's carrier refused with {status}"))),
        _ => Err(NotSent::Later(format!("a browser's carrier answered {status}"))),
    }
}

fn encrypted(to: &PublicKey, auth: [u8; SECRET], plain: &[u8]) -> Option<Vec<u8>> {
    let ours = SecretKey::from_slice(&random::bytes::<32>().ok()?).ok()?;
    seal((to, auth), &ours, random::bytes().ok()?, plain)
}

/// RFC 8291: a key for this message alone, known to whoever has the browser's secret.
fn seal(
    (to, auth): (&PublicKey, [u8; SECRET]),
    ours: &SecretKey,
    salt: [u8; 16],
    plain: &[u8],
) -> Option<Vec<u8>> {
    let (theirs, own) = (point(to), point(&ours.public_key()));
    let shared = diffie_hellman(ours.to_nonzero_scalar(), to.as_affine());
    let mut both = [0; 32];
    let info = [b"WebPush: info\0", theirs.as_slice(), own.as_slice()].concat();
    shared.extract::<Sha256>(Some(&auth)).expand(&info, &mut both).ok()?;
    let (mut key, mut nonce) = ([0; 16], [0; 12]);
    let derived = Hkdf::<Sha256>::new(Some(&salt), &both);
    derived.expand(b"Content-Encoding: aes128gcm\0", &mut key).ok()?;
    derived.expand(b"Content-Encoding: nonce\0", &mut nonce).ok()?;
    // The delimiter of the last record (RFC 8188), which is the only one.
    let record = [plain, &[2]].concat();
    let sealed =
        Aes128Gcm::new(&Key::<Aes128Gcm>::from(key)).encrypt(&Nonce::from(nonce), record.as_slice()).ok()?;
    let length = u8::try_from(own.len()).ok()?;
    let whole = u32::try_from(sealed.len()).is_ok_and(|length| length <= RECORD);
    whole.then(|| [&salt[..], &RECORD.to_be_bytes(), &[length], &own, &sealed].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes<const N: usize>(text: &str) -> [u8; N] {
        BASE64.decode(text).unwrap().try_into().unwrap()
    }

    /// The example of RFC 8291, section 5 and appendix A.
    #[test]
    fn a_message_is_sealed_as_the_standard_says() {
        let to = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
        let (to, auth) = keys(to, "BTBZMqHH6r4Tts7J_aSIgg").unwrap();
        let ours = bytes::<32>("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");
        let ours = SecretKey::from_slice(&ours).unwrap();
        let plain = b"When I grow up, I want to be a watermelon";
        let sealed = seal((&to, auth), &ours, bytes("DGv6ra1nlYgDCS1FRnbzlw"), plain).unwrap();
        assert_eq!(
            BASE64.encode(sealed),
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6Tlz\
             AC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
        );
    }

    #[test]
    fn the_portals_key_is_the_same_whenever_it_is_asked_for() {
        let ring = KeyRing::fresh().unwrap();
        assert_eq!(public_key(&ring), public_key(&ring));
        assert_ne!(public_key(&ring), public_key(&KeyRing::fresh().unwrap()));
        assert_eq!(BASE64.decode(public_key(&ring).unwrap()).unwrap().len(), 65);
    }

    #[test]
    fn what_is_no_key_is_refused() {
        let (fine, secret) = (
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            "BTBZMqHH6r4Tts7J_aSIgg",
        );
        assert!(keys(fine, secret).is_some());
        for (key, secret) in [("", ""), (fine, "BTBZ"), ("AAAA", secret), (secret, secret), ("*", secret)] {
            assert!(keys(key, secret).is_none(), "{key} {secret}");
        }
        // No point of the curve.
        assert!(keys(&BASE64.encode([4; 65]), secret).is_none());
    }
}
