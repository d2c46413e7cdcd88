//! Registering a site: by one, approved by another.

use diesel::prelude::*;
use yimen::{
    agencies::clients::{By, ClientError, State},
    db::{DbError, schema::oidc_clients},
};

use super::*;
use crate::on_both_engines;

on_both_engines! {
    async fn nobody_approves_what_they_registered(town: Town) {
        let now = town.clock.now();
        let new = NewClient { secret: None, ..library() };
        let made = town.db.tx(move |c| sites::register(c, now, &allowed(), &new, "Chen Jing")).await.unwrap();
        let (id, secret) = (made.client.id, made.secret.unwrap());
        assert_eq!(made.client.state, State::Pending);
        assert_ne!(made.client.secret_hash.unwrap(), secret.as_bytes());
        let lin = lin(&town, 2).await;
        let open = async || {
            let site = town.db.read(move |c| sites::find(c, id)).await.unwrap().unwrap();
            lin.get(&town, &asks(&site, &[])).await.status == 303
        };
        assert!(!open().await, "it waits");
        for own in ["Chen Jing", " chen jing ", ""] {
            let refused = town.db.tx(move |c| sites::approve(c, now, id, &By::operator(own))).await;
            assert!(matches!(refused, Err(ClientError::OwnApproval)), "{own}");
        }
        // Nor does the database let anybody.
        let forced = town.db.tx(move |c| {
            diesel::update(oidc_clients::table.filter(oidc_clients::id.eq(id)))
                .set((oidc_clients::state.eq("approved"), oidc_clients::approved_by.eq(Some("Chen Jing"))))
                .execute(c).map_err(DbError::from)
        }).await;
        assert!(matches!(forced, Err(DbError::Conflict(_))), "{forced:?}");
        town.db.tx(move |c| sites::approve(c, now, id, &By::operator("Wu Min"))).await.unwrap();
        assert!(open().await);
        let again = town.db.tx(move |c| sites::approve(c, now, id, &By::operator("Wu Min"))).await;
        assert!(matches!(again, Err(ClientError::NotPending(_))));
        town.close().await;
    }

    async fn a_bad_registration_is_told_everything_at_once(town: Town) {
        let now = town.clock.now();
        let bad = NewClient {
            redirect_uris: vec!["http://library.example/back".into(), "https://*.example/".into()],
            scopes: vec!["everything".into()],
            sector: Some("museum".into()),
            auth: AuthMethod::PrivateKeyJwt,
            ..library()
        };
        let refused = town.db.tx(move |c| sites::register(c, now, &allowed(), &bad, "Chen Jing")).await.unwrap_err();
        let ClientError::Refused(wrong) = refused else { panic!("{refused}") };
        assert_eq!(wrong.len(), 5, "{wrong:?}");
        let nobody = NewClient { agency: "no-such-agency".into(), ..library() };
        let refused = town.db.tx(move |c| sites::register(c, now, &allowed(), &nobody, "Chen Jing")).await;
        assert!(matches!(refused, Err(ClientError::NoAgency(_))));
        town.db.tx(move |c| sites::register(c, now, &allowed(), &library(), "Chen Jing")).await.unwrap();
        let twice = town.db.tx(move |c| sites::register(c, now, &allowed(), &library(), "Chen Jing")).await;
        assert!(matches!(twice, Err(ClientError::NameTaken(_))));
        town.close().await;
    }

    /// Whatever the portal itself would call lies outside, or the operator said so.
    async fn a_site_cannot_have_the_portal_call_into_the_operator_s_network(town: Town) {
        let now = town.clock.now();
        for address in [
            "https://169.254.169.254/latest/meta-data",
            "https://[::ffff:169.254.169.254]/",
            "https://127.0.0.1/out",
            "https://[::ffff:127.0.0.1]/out",
            "http://localhost:9000/out",
            "https://10.0.0.5/out",
        ] {
            let new = NewClient { backchannel_logout_uri: Some(address.to_owned()), ..library() };
            let refused =
                town.db.tx(move |c| sites::register(c, now, &Allowed::default(), &new, "Chen Jing")).await;
            match refused {
                Err(ClientError::Refused(wrong)) => {
                    assert!(wrong.iter().any(|it| it.field == "backchannel_logout_uri" && it.problem == sites::Problem::Inside), "{wrong:?}");
                }
                other => panic!("{address}: {other:?}"),
            }
        }
        town.close().await;
    }

    async fn a_site_of_the_demo_keeps_its_name_when_its_address_changes(town: Town) {
        let first = open_site(&town, library()).await;
        let moved = NewClient { redirect_uris: vec!["https://new.example/back".into()], ..library() };
        let second = open_site(&town, moved).await;
        assert_eq!((first.id, second.takes_back_to(BACK)), (second.id, false));
        town.close().await;
    }
}

#[actix_web::test]
async fn the_provider_describes_itself() {
    let town = Town::open(crate::town::Engine::Sqlite).await;
    let answer = town.get("/.well-known/openid-configuration").await.ok();
    let said: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(text(&said, "issuer"), issuer(&town));
    assert_eq!(said["code_challenge_methods_supported"], serde_json::json!(["S256"]));
    assert_eq!(said["response_types_supported"], serde_json::json!(["code"]));
    for (name, method) in [
        ("jwks_uri", "GET"),
        ("userinfo_endpoint", "GET"),
        ("authorization_endpoint", "GET"),
        ("end_session_endpoint", "GET"),
        ("token_endpoint", "POST"),
        ("introspection_endpoint", "POST"),
        ("revocation_endpoint", "POST"),
        ("pushed_authorization_request_endpoint", "POST"),
    ] {
        let path = text(&said, name).strip_prefix(&issuer(&town)).unwrap().to_owned();
        let known = yimen::app::ROUTES.iter().any(|route| route.path == path && route.method == method);
        assert!(known, "{name}: {path}");
    }
    town.close().await;
}
