//! Signing out: asked for by a site, and told to all of them.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU16, Ordering},
};

use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};
use yimen::{
    sso::provider,
    web::session::{self, Realm},
};

use super::*;
use crate::on_both_engines;

/// A site that hears who is signed out.
struct Ear {
    address: String,
    heard: Arc<Mutex<Vec<String>>>,
    answer: Arc<AtomicU16>,
}

impl Ear {
    async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://127.0.0.1:{}/out", listener.local_addr().unwrap().port());
        let (heard, answer) = (Arc::default(), Arc::new(AtomicU16::new(200)));
        let (list, status) = (Arc::clone(&heard), Arc::clone(&answer));
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut text = String::new();
                let mut buffer = [0; 4096];
                // The form is the last thing sent, and its token has three parts.
                while text.split_once("\r\n\r\n").is_none_or(|(head, body)| {
                    let length = head.lines().find_map(|line| {
                        line.to_lowercase().strip_prefix("content-length: ").map(str::to_owned)
                    });
                    body.len() < length.unwrap().parse::<usize>().unwrap()
                }) {
                    let read = stream.read(&mut buffer).await.unwrap();
                    assert_ne!(read, 0);
                    text.push_str(&String::from_utf8_lossy(&buffer[..read]));
                }
                let (_, body) = text.split_once("\r\n\r\n").unwrap();
                let status = status.load(Ordering::SeqCst);
                if status == 200 {
                    let list: &Mutex<Vec<String>> = &list;
                    list.lock().unwrap().push(body.strip_prefix("logout_token=").unwrap().to_owned());
                }
                let location = if status == 302 { "location: http://127.0.0.1:1/\r\n" } else { "" };
                let answer = format!(
                    "HTTP/1.1 {status} x\r\n{location}content-length: 0\r\nconnection: close\r\n\r\n"
                );
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
        });
        Self { address, heard, answer }
    }

    fn heard(&self) -> Vec<Value> {
        self.heard.lock().unwrap().iter().map(|token| claims(token)).collect()
    }
}

on_both_engines! {
    async fn one_sign_out_signs_out_everywhere(town: Town) {
        let (first, second) = (Ear::open().await, Ear::open().await);
        let site = NewClient { backchannel_logout_uri: Some(first.address.clone()), ..library() };
        let site = open_site(&town, site).await;
        let other = NewClient { backchannel_logout_uri: Some(second.address.clone()), ..museum() };
        let other = open_site(&town, other).await;
        let lin = lin(&town, 2).await;
        let (one, two) = (lin.tokens(&town, &site).await, lin.tokens(&town, &other).await);
        // Signed in twice at the same site, told once.
        lin.tokens(&town, &site).await;

        let query = [("id_token_hint", text(&one, "id_token")), ("post_logout_redirect_uri", BYE), ("state", "s")];
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
        let page = lin.get(&town, &format!("/oidc/logout?{query}")).await.ok();
        assert!(page.header("content-security-policy").contains("form-action 'self' https://library.example;"));
        userinfo(&town, &one).await.ok();
        let gone = lin.send(&town, &page, "/oidc/logout/confirm", &[]).await;
        assert_eq!((gone.status, gone.header("location")), (303, "https://library.example/bye?state=s"));
        assert_eq!(userinfo(&town, &one).await.status, 401);
        assert_eq!(error_of(&refresh(&town, &other, text(&two, "refresh_token")).await), "invalid_grant");
        let silent = lin.get(&town, &asks(&site, &[("prompt", "none")])).await;
        assert_eq!(part(silent.header("location"), "error"), "login_required");

        town.work().await;
        for (ear, tokens, site) in [(&first, &one, &site), (&second, &two, &other)] {
            let heard = ear.heard();
            assert_eq!(heard.len(), 1);
            let signed_in = claims(text(tokens, "id_token"));
            let told = &heard[0];
            assert_eq!(text(told, "aud"), site.id.to_string());
            assert_eq!(text(told, "iss"), issuer(&town));
            assert_eq!(told["sub"], signed_in["sub"]);
            assert_eq!(told["sid"], signed_in["sid"]);
            assert!(told["events"]["http://schemas.openid.net/event/backchannel-logout"].is_object());
            assert!(told.get("nonce").is_none(), "it must not be taken for a sign-in");
        }
        assert_ne!(first.heard()[0]["sub"], second.heard()[0]["sub"]);
        assert_ne!(first.heard()[0]["sid"], second.heard()[0]["sid"]);
        town.close().await;
    }

    async fn a_session_that_ends_by_itself_or_elsewhere_is_told_within_a_minute(town: Town) {
        let ear = Ear::open().await;
        let site = NewClient { backchannel_logout_uri: Some(ear.address.clone()), ..library() };
        let site = open_site(&town, site).await;
        let one = lin(&town, 2).await;
        let tokens = one.tokens(&town, &site).await;
        town.pass(TimeDelta::minutes(28)).await;
        assert!(ear.heard().is_empty());
        town.clock.advance(TimeDelta::minutes(2));
        let renewing = text(&tokens, "refresh_token");
        assert_eq!(error_of(&refresh(&town, &site, renewing).await), "invalid_grant", "over at once");
        town.pass(TimeDelta::seconds(20)).await;
        assert_eq!(ear.heard().len(), 1);

        // "End all": whoever ends sessions says so in the same transaction.
        let two = person(&town, 2, "13800000002").await;
        let tokens = two.tokens(&town, &site).await;
        let (now, citizen) = (town.clock.now(), two.citizen);
        town.db.tx(move |c| {
            let ended = session::end_of(c, Realm::Citizen, citizen.uuid(), None, None)?;
            provider::ended(c, now, &ended)
        }).await.unwrap();
        assert_eq!(userinfo(&town, &tokens).await.status, 401);
        town.work().await;
        assert_eq!(ear.heard().len(), 2);
        town.close().await;
    }

    async fn a_site_is_told_when_consent_is_withdrawn(town: Town) {
        let ear = Ear::open().await;
        let site = NewClient { backchannel_logout_uri: Some(ear.address.clone()), ..library() };
        let site = open_site(&town, site).await;
        let lin = lin(&town, 2).await;
        let tokens = lin.tokens(&town, &site).await;
        let page = lin.get(&town, "/me/privacy").await.ok();
        let actions = page.attributes("form", "action");
        let button = actions.iter().find(|action| action.ends_with("/withdraw")).expect("a consent to withdraw");
        let answer = lin.send(&town, &page, button, &[]).await;
        assert_eq!(answer.header("location"), "/me/privacy?withdrawn=1");
        assert_eq!(userinfo(&town, &tokens).await.status, 401);
        town.work().await;
        assert_eq!(ear.heard().len(), 1);
        town.close().await;
    }

    async fn a_site_that_cannot_hear_is_told_again(town: Town) {
        let ear = Ear::open().await;
        let site = NewClient { backchannel_logout_uri: Some(ear.address.clone()), ..library() };
        let site = open_site(&town, site).await;
        let lin = lin(&town, 2).await;
        lin.tokens(&town, &site).await;
        let (now, session) = (town.clock.now(), lin.session);
        town.db.tx(move |c| provider::ended(c, now, &[session])).await.unwrap();
        for status in [500, 302] {
            // Nobody is followed elsewhere.
            ear.answer.store(status, Ordering::SeqCst);
            town.pass(TimeDelta::minutes(5)).await;
            assert!(ear.heard().is_empty());
        }
        ear.answer.store(200, Ordering::SeqCst);
        town.pass(TimeDelta::minutes(30)).await;
        assert_eq!(ear.heard().len(), 1);
        town.close().await;
    }

    async fn nobody_is_signed_out_by_a_statement_about_somebody_else(town: Town) {
        let (site, other) = (open_site(&town, library()).await, open_site(&town, museum()).await);
        let (one, two) = (lin(&town, 2).await, person(&town, 2, "13800000002").await);
        let own = text(&one.tokens(&town, &site).await, "id_token").to_owned();
        let theirs = text(&two.tokens(&town, &site).await, "id_token").to_owned();
        let out = async |fields: &[(&str, &str)]| {
            let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
            one.get(&town, &format!("/oidc/logout?{query}")).await
        };
        out(&[("id_token_hint", &own)]).await.ok();
        let (head, _) = own.rsplit_once('.').unwrap();
        let mut header: Value =
            serde_json::from_slice(&URL_SAFE_NO_PAD.decode(own.split('.').next().unwrap()).unwrap()).unwrap();
        header["alg"] = "none".into();
        let none = format!(
            "{}.{}.",
            URL_SAFE_NO_PAD.encode(header.to_string()),
            own.split('.').nth(1).unwrap()
        );
        let keys: Value = serde_json::from_str(&town.get("/oidc/jwks").await.ok().body).unwrap();
        let mut symmetric = Header::new(Algorithm::HS256);
        symmetric.kid = header["kid"].as_str().map(str::to_owned);
        let public = EncodingKey::from_secret(keys["keys"][0].to_string().as_bytes());
        let forged = encode(&symmetric, &claims(&own), &public).unwrap();
        let (site_id, other_id) = (site.id.to_string(), other.id.to_string());
        for (fields, what) in [
            (&[("id_token_hint", theirs.as_str())][..], "about somebody else"),
            (&[("id_token_hint", &own), ("client_id", &other_id)], "for another site"),
            (&[("id_token_hint", &format!("{head}.{}", URL_SAFE_NO_PAD.encode([1; 64])))], "not signed by us"),
            (&[("id_token_hint", &none)], "not signed"),
            (&[("id_token_hint", &forged)], "signed with the public key"),
            (&[("id_token_hint", "x")], "no statement"),
            (&[("post_logout_redirect_uri", BYE)], "to nobody's address"),
            (&[("client_id", &site_id), ("post_logout_redirect_uri", "https://evil.example/")], "to another address"),
            (&[("client_id", &site_id), ("post_logout_redirect_uri", "https://library.example/bye/")], "nearly"),
            (&[("client_id", &other_id), ("post_logout_redirect_uri", "https://evil.example/")], "to another's"),
            (&[("client_id", "x")], "unknown"),
            (&[("state", "a"), ("state", "b")], "twice"),
        ] {
            let answer = out(fields).await;
            assert_eq!((answer.status, answer.header("location")), (400, ""), "{what}");
        }
        // Being asked is not being signed out, and a form from elsewhere does nothing.
        let foreign = town.client().post(town.url("/oidc/logout/confirm")).header("cookie", &one.cookie);
        assert_eq!(town.ask(foreign.form(&[("csrf", "x")])).await.status, 403);
        assert!(one.get(&town, &asks(&site, &[("prompt", "none")])).await.header("location").contains("code="));
        // Who is not signed in goes straight on, where the address is known.
        let query = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs([("client_id", site_id.as_str()), ("post_logout_redirect_uri", BYE)]).finish();
        let stranger = town.get(&format!("/oidc/logout?{query}")).await;
        assert_eq!((stranger.status, stranger.header("location")), (303, BYE));
        town.get("/oidc/logout").await.ok();
        let posted = town.client().post(town.url("/oidc/logout")).form(&[("client_id", &site_id)]);
        assert_eq!(town.ask(posted).await.header("location"), format!("/oidc/logout?client_id={site_id}"));
        town.close().await;
    }
}

/// Registered while it was allowed, or behind a name that has come to mean a machine inside.
#[actix_web::test]
async fn nothing_is_told_to_an_address_that_the_operator_does_not_allow() {
    let town = Town::open_with(crate::town::Engine::Sqlite, &[("YIMEN_GATEWAY_ALLOW", "[]")]).await;
    let ear = Ear::open().await;
    let by_name = ear.address.replace("127.0.0.1", "localhost");
    let mapped = ear.address.replace("http://127.0.0.1", "https://[::ffff:7f00:1]");
    for (at, address) in [ear.address.clone(), by_name, mapped].into_iter().enumerate() {
        let everywhere = Allowed::new(vec!["127.0.0.0/8".parse().unwrap(), "::/0".parse().unwrap()]);
        let new = NewClient { backchannel_logout_uri: Some(address), ..library() };
        let now = town.clock.now();
        let site = town.db.tx(move |c| sites::ensure(c, now, &everywhere, &new)).await.unwrap();
        let lin = person(&town, 2, &format!("1380000000{at}")).await;
        lin.tokens(&town, &site).await;
        let citizen = lin.citizen;
        town.db
            .tx(move |c| {
                let ended = session::end_of(c, Realm::Citizen, citizen.uuid(), None, None)?;
                provider::ended(c, now, &ended)
            })
            .await
            .unwrap();
        town.work().await;
        assert!(ear.heard().is_empty());
        let waiting = town.dump(&["jobs"]).await;
        assert!(waiting.contains("is not a public address"), "{waiting}");
        town.sql("DELETE FROM jobs").await;
    }
    town.close().await;
}
