//! A stand-in for the portal: discovery, keys, tokens, userinfo. What its tokens say, a test decides.

use std::{
    collections::HashMap,
    net::TcpListener,
    sync::{Arc, Mutex},
};

use actix_web::{
    App, HttpRequest, HttpResponse, HttpServer,
    dev::ServerHandle,
    web::{self, Data, Form},
};
use jsonwebtoken::{Algorithm, EncodingKey, Header, jwk::Jwk};
use p256::{SecretKey, pkcs8::EncodePrivateKey as _};
use serde_json::{Value, json};

use crate::harness::Answer;

struct Inner {
    issuer: String,
    /// Which key signs: a number that a test counts up.
    key: Mutex<u8>,
    /// Claims by authorization code.
    granted: Mutex<HashMap<String, Value>>,
    userinfo: Mutex<Value>,
    proofs: Mutex<Vec<String>>,
}

pub struct Portal {
    pub issuer: String,
    inner: Arc<Inner>,
    handle: ServerHandle,
}

fn key(number: u8) -> (EncodingKey, Jwk) {
    let secret = SecretKey::from_slice(&[number; 32]).unwrap();
    let key = EncodingKey::from_ec_der(secret.to_pkcs8_der().unwrap().as_bytes());
    let mut public = Jwk::from_encoding_key(&key, Algorithm::ES256).unwrap();
    public.common.key_id = Some(format!("key-{number}"));
    (key, public)
}

impl Portal {
    pub fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let inner = Arc::new(Inner {
            issuer: issuer.clone(),
            key: Mutex::new(1),
            granted: Mutex::default(),
            userinfo: Mutex::default(),
            proofs: Mutex::default(),
        });
        let shared = inner.clone();
        let server = HttpServer::new(move || {
            App::new()
                .app_data(Data::from(shared.clone()))
                .route("/.well-known/openid-configuration", web::get().to(discovery))
                .route("/oidc/jwks", web::get().to(jwks))
                .route("/oidc/token", web::post().to(token))
                .route("/oidc/userinfo", web::get().to(userinfo))
        });
        let server = server.workers(1).disable_signals().listen(listener).unwrap().run();
        let handle = server.handle();
        tokio::spawn(server);
        Self { issuer, inner, handle }
    }

    pub async fn close(self) {
        self.handle.stop(false).await;
    }

    /// Lets a person who came with this redirect through; `changes` go into the token as they are.
    pub fn grant(&self, leaving: &Answer, now: i64, changes: &Value) -> String {
        let mut claims = json!({
            "iss": self.issuer, "aud": leaving.sent("client_id"), "sub": "pairwise", "iat": now, "exp": now + 300,
            "nonce": leaving.sent("nonce"), "acr": "urn:yimen:loa:3", "sid": "session",
        });
        for (name, value) in changes.as_object().unwrap() {
            claims[name] = value.clone();
        }
        let code = format!("code-{}", self.inner.granted.lock().unwrap().len());
        self.inner.granted.lock().unwrap().insert(code.clone(), claims);
        code
    }

    /// A token of the portal, or of somebody who says so (`signed_by`). Null means left out.
    pub fn sign(&self, claims: Value) -> String {
        self.inner.sign(claims, None)
    }

    /// The same, as a statement of one kind.
    pub fn sign_as(&self, kind: &str, claims: Value) -> String {
        self.inner.sign(claims, Some(kind))
    }

    pub fn rotate(&self) {
        *self.inner.key.lock().unwrap() += 1;
    }

    /// How clients proved themselves.
    pub fn proofs(&self) -> Vec<String> {
        self.inner.proofs.lock().unwrap().clone()
    }
}

impl Inner {
    fn sign(&self, mut claims: Value, kind: Option<&str>) -> String {
        let number = *self.key.lock().unwrap();
        let fields = claims.as_object_mut().unwrap();
        let forged = fields.remove("signed_by").is_some();
        fields.retain(|_, value| !value.is_null());
        let mut header = Header::new(Algorithm::ES256);
        header.kid = Some(format!("key-{number}"));
        if let Some(kind) = kind {
            header.typ = Some(kind.to_owned());
        }
        let signer = if forged { key(99).0 } else { key(number).0 };
        jsonwebtoken::encode(&header, &claims, &signer).unwrap()
    }
}

async fn discovery(portal: Data<Inner>) -> HttpResponse {
    let at = |path: &str| format!("{}/oidc/{path}", portal.issuer);
    HttpResponse::Ok().json(json!({
        "issuer": portal.issuer,
        "authorization_endpoint": at("authorize"),
        "token_endpoint": at("token"),
        "userinfo_endpoint": at("userinfo"),
        "jwks_uri": at("jwks"),
        "end_session_endpoint": at("logout"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "authorization_response_iss_parameter_supported": true,
    }))
}

async fn jwks(portal: Data<Inner>) -> HttpResponse {
    let number = *portal.key.lock().unwrap();
    HttpResponse::Ok().json(json!({ "keys": [key(number).1] }))
}

async fn token(
    portal: Data<Inner>,
    request: HttpRequest,
    form: Form<HashMap<String, String>>,
) -> HttpResponse {
    let basic = request.headers().get("authorization").map(|value| value.to_str().unwrap().to_owned());
    let proof = basic.or_else(|| form.get("client_assertion_type").cloned()).unwrap_or_default();
    portal.proofs.lock().unwrap().push(proof);
    assert!(form.get("code_verifier").is_some_and(|verifier| verifier.len() >= 43));
    let mut claims = portal.granted.lock().unwrap().remove(&form["code"]).unwrap();
    let about =
        claims.as_object_mut().unwrap().remove("userinfo_sub").unwrap_or_else(|| claims["sub"].clone());
    *portal.userinfo.lock().unwrap() = json!({ "sub": about, "name": "王𬱖" });
    HttpResponse::Ok().json(json!({
        "access_token": "token",
        "token_type": "Bearer",
        "expires_in": 300,
        "id_token": portal.sign(claims, None),
    }))
}

async fn userinfo(portal: Data<Inner>) -> HttpResponse {
    HttpResponse::Ok().json(portal.userinfo.lock().unwrap().clone())
}
