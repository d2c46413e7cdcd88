//! What goes out.

use proptest::prelude::*;
use serde_json::json;
use yimen_drivers::CallError;
use yimen_fixed::Fixed;

use crate::{asked, framed, gb, good, system};

#[tokio::test]
async fn a_question_fills_its_cells_in_bytes() {
    let (server, heard) = system(|_| good());
    let asked = asked(&server);
    asked.of(&Fixed).await.unwrap();
    // Two characters are four bytes: eight of padding.
    let expected = gb("102401林晓        9901011985010100100003");
    assert_eq!(heard.lock().unwrap()[0], expected);
}

#[tokio::test]
async fn a_rare_character_takes_four_bytes_and_what_does_not_fit_is_named() {
    let (server, heard) = system(|_| good());
    let mut asked = asked(&server);
    asked.input["name"] = json!("𬱖𬱖𬱖");
    asked.of(&Fixed).await.unwrap();
    assert_eq!(heard.lock().unwrap()[0].len(), 6 + 12 + 18 + 4);
    for (field, value, says) in [
        ("name", json!("𬱖𬱖𬱖晓"), "the field `xm` has 12 bytes and would need 14"),
        ("name", json!("a\nb"), "the field `xm` holds a control character"),
        ("name", json!(["a"]), "the field `xm` is neither a text nor a number"),
        ("level", json!("three"), "the field `jb` is no whole number"),
        ("level", json!(1.5), "the field `jb` is no whole number"),
        ("level", json!(12345), "the field `jb` has 4 bytes and would need 5"),
    ] {
        let mut asked = crate::asked(&server);
        asked.input[field] = value;
        match asked.of(&Fixed).await {
            Err(CallError::Impossible(why)) => assert_eq!(why, says),
            other => panic!("{says}: {other:?}"),
        }
    }
    let mut gbk = crate::asked(&server);
    gbk.backend.encoding = yimen_contract::agency::Encoding::Gbk;
    gbk.input["name"] = json!("𬱖");
    let error = gbk.of(&Fixed).await.unwrap_err().to_string();
    assert!(error.contains("`xm`") && !error.contains('𬱖'), "{error}");
    assert_eq!(heard.lock().unwrap().len(), 1, "none of these was sent");
}

#[tokio::test]
async fn signs_stand_in_front_and_nothing_is_padding() {
    let (server, heard) = system(|_| good());
    let mut asked = asked(&server);
    asked.input = json!({ "name": null, "level": -12 });
    asked.of(&Fixed).await.unwrap();
    assert_eq!(heard.lock().unwrap()[0], gb(&format!("102401{}-012", " ".repeat(30))));
}

#[tokio::test]
async fn frames_prove_each_other_under_the_shared_secret() {
    let answer = |text: &str| {
        let body = gb(text);
        let mac =
            yimen_drivers::auth::sign::digest(yimen_contract::agency::Digest::HmacSm3, b"secret", &body);
        framed(&[body, mac.as_bytes()[..32].to_vec()].concat())
    };
    let honest = answer("000001910000000070008000000000000001");
    let stale = answer("000001910000000070008000000000000002");
    let mut forged = honest.clone();
    *forged.last_mut().unwrap() ^= 1;
    for (bytes, expected) in [(honest, "fine"), (stale, "broken"), (forged, "broken")] {
        let (server, heard) = system(move |_| bytes.clone());
        let mut asked = asked(&server).secret("key", "secret");
        asked.backend.auth = yimen_contract::agency::Auth::SharedSecret;
        asked.backend.digest = yimen_contract::agency::Digest::HmacSm3;
        let frames = asked.backend.frames.as_mut().unwrap();
        let key = json!({ "name": "serial", "width": 32, "kind": "key" });
        let mac = json!({ "name": "mac", "width": 32, "kind": "mac" });
        let time = json!({ "name": "at", "width": 14, "kind": "time" });
        frames.head.push(serde_json::from_value(key.clone()).unwrap());
        frames.head.push(serde_json::from_value(time).unwrap());
        let before = frames.answer_head.as_mut().unwrap();
        before.extend([serde_json::from_value(key).unwrap(), serde_json::from_value(mac.clone()).unwrap()]);
        let answer = asked.of(&Fixed).await;
        assert!(matches!(answer, Err(CallError::Impossible(_))), "no cell holds the proof: {answer:?}");
        asked.binding.frame.as_mut().unwrap().request.push(serde_json::from_value(mac).unwrap());
        assert_eq!(crate::tag(asked.of(&Fixed).await), expected);
        let frame = heard.lock().unwrap()[0].clone();
        assert_eq!(&frame[6..52], b"0191000000007000800000000000000120261121120000");
        let (body, mac) = frame.split_at(frame.len() - 32);
        let whole =
            yimen_drivers::auth::sign::digest(yimen_contract::agency::Digest::HmacSm3, b"secret", body);
        assert_eq!(mac, &whole.as_bytes()[..32]);
    }
}

#[tokio::test]
async fn only_the_address_that_was_allowed() {
    for address in [
        "tcp://127.0.0.2:9",
        "tcp://[::1]:9",
        "tcp://[::ffff:127.0.0.2]:9",
        "tcp://localhost:9",
        "tcp://2130706434:9",
        "tcp://0x7f.2:9",
        "tcp://0177.0.0.2:9",
        "tcp://10.0.0.1",
        "tcp://169.254.169.254",
        "tcp://8.8.8.8:53",
        "tcp://[64:ff9b::7f00:1]:9",
        "tcp://[2002:7f00:1::]:9",
        "tcp://user@127.0.0.1:9",
        "tcp://user:x@127.0.0.1:9",
        "http://127.0.0.1:9",
        "tcp:nothing",
    ] {
        let (server, _) = system(|_| good());
        let mut asked = asked(&server);
        asked.dialer = yimen_drivers::SafeDialer::new(yimen_drivers::address::Allowed::new(vec![
            "127.0.0.9".parse().unwrap(),
        ]));
        asked.address = address.to_owned();
        let answer = asked.of(&Fixed).await;
        // Where a resolver does not take numbers in disguise for addresses, they have none.
        let stopped =
            matches!(answer, Err(CallError::Impossible(_))) || address.contains("0177") && answer.is_err();
        assert!(stopped, "{address}: {answer:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn every_frame_has_its_length_or_is_not_sent(name in "\\PC{0,8}", level in -99_999_i64..99_999) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (server, heard) = system(|_| good());
        let mut asked = asked(&server);
        asked.input["name"] = json!(name);
        asked.input["level"] = json!(level);
        let answer = runtime.block_on(asked.of(&Fixed));
        let fits = gb(&name).len() <= 12 && level.to_string().len() <= 4;
        prop_assert_eq!(answer.is_ok(), fits);
        for frame in heard.lock().unwrap().iter() {
            prop_assert_eq!(frame.len(), 40);
        }
    }
}
