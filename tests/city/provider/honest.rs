//! A site written with a library that many use, which checks everything itself.

use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, HttpRequest, HttpResponse, IssuerUrl, Nonce,
    OAuth2TokenResponse as _, PkceCodeChallenge, RedirectUrl, Scope, TokenResponse as _,
    core::{CoreAuthenticationFlow, CoreClient, CoreProviderMetadata, CoreUserInfoClaims},
    http,
};

use super::*;
use crate::{on_both_engines, town::opening};

async fn dial(client: reqwest::Client, request: HttpRequest) -> Result<HttpResponse, reqwest::Error> {
    let (parts, body) = request.into_parts();
    let sent = client.request(parts.method, parts.uri.to_string()).headers(parts.headers).body(body);
    let answer = sent.send().await?;
    let mut response = http::Response::builder().status(answer.status());
    for (name, value) in answer.headers() {
        response = response.header(name, value);
    }
    Ok(response.body(answer.bytes().await?.to_vec()).unwrap())
}

on_both_engines! {
    async fn a_site_finds_out_who_it_is_and_gets_what_was_agreed_to(town: Town) {
        let site = open_site(&town, library()).await;
        let lin = lin(&town, 3).await;
        let client = town.client().clone();
        let dialing = |request: HttpRequest| dial(client.clone(), request);

        let provider = IssuerUrl::new(issuer(&town)).unwrap();
        let metadata = CoreProviderMetadata::discover_async(provider, &dialing).await.unwrap();
        let honest = CoreClient::from_provider_metadata(
            metadata,
            ClientId::new(site.id.to_string()),
            Some(ClientSecret::new(SECRET.to_owned())),
        )
        .set_redirect_uri(RedirectUrl::new(BACK.to_owned()).unwrap());
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (address, state, nonce) = honest
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random)
            .add_scope(Scope::new("profile".into()))
            .add_scope(Scope::new("phone".into()))
            .set_pkce_challenge(challenge)
            .url();
        let path = format!("{}?{}", address.path(), address.query().unwrap());

        let back = lin.signs_on(&town, &path).await;
        assert!(back.starts_with(&format!("{BACK}?")), "{back}");
        assert_eq!(part(&back, "state"), *state.secret());
        assert_eq!(part(&back, "iss"), issuer(&town));
        let tokens = honest
            .exchange_code(AuthorizationCode::new(part(&back, "code")))
            .unwrap()
            .set_pkce_verifier(verifier)
            .request_async(&dialing)
            .await
            .unwrap();
        let clock = || opening() + TimeDelta::minutes(2);
        let checker = honest.id_token_verifier().set_time_fn(clock);
        let said = tokens.id_token().unwrap().claims(&checker, &nonce).unwrap();
        assert_eq!(said.auth_context_ref().unwrap().as_str(), "urn:yimen:loa:3");
        assert!(said.access_token_hash().is_some());
        assert!(!said.subject().contains(&lin.citizen.to_string()));
        // A nonce of somebody else's request is found out.
        assert!(tokens.id_token().unwrap().claims(&checker, &Nonce::new("another".into())).is_err());

        let details: CoreUserInfoClaims = honest
            .user_info(tokens.access_token().clone(), Some(said.subject().clone()))
            .unwrap()
            .request_async(&dialing)
            .await
            .unwrap();
        assert_eq!(details.name().unwrap().get(None).unwrap().as_str(), "林晓");
        assert_eq!(details.phone_number().unwrap().as_str(), "13800000001");
        assert_eq!(details.email(), None);
        town.close().await;
    }

    async fn a_second_site_is_signed_into_without_signing_in_again(town: Town) {
        let (one, other) = (open_site(&town, library()).await, open_site(&town, museum()).await);
        let sister = open_site(&town, NewClient {
            name: Bilingual::new("图书馆活动", "Library Events"),
            ..library()
        }).await;
        let lin = lin(&town, 2).await;
        let mut subjects = Vec::new();
        for site in [&one, &other, &sister] {
            subjects.push(text(&claims(text(&lin.tokens(&town, site).await, "id_token")), "sub").to_owned());
        }
        assert_ne!(subjects[0], subjects[1], "two agencies cannot compare their lists");
        assert_eq!(subjects[0], subjects[2], "an agency's own sites know the person alike");
        let mut other_person = person(&town, 2, "13800000002").await;
        other_person.proves(&town, 2).await;
        let theirs = claims(text(&other_person.tokens(&town, &one).await, "id_token"));
        assert_ne!(subjects[0], text(&theirs, "sub"));
        // The second time nothing is asked any more.
        let silent = lin.get(&town, &asks(&one, &[("prompt", "none")])).await;
        assert!(silent.header("location").starts_with(&format!("{BACK}?code=")), "{}", silent.header("location"));
        town.close().await;
    }
}
