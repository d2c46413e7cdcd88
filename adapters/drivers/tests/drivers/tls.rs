//! Certificates: the backend's, and the portal's own.

use std::{
    io::{Read as _, Write as _},
    net::IpAddr,
    sync::Arc,
};

use rcgen::{
    BasicConstraints, Certificate, CertificateParams, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    date_time_ymd,
};
use rustls::{
    RootCertStore, ServerConfig, ServerConnection, StreamOwned,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer},
    server::WebPkiClientVerifier,
};
use serde_json::json;
use yimen_contract::agency::Auth;
use yimen_drivers::{CallError, Future, Lookup, SafeDialer, address::Allowed, rest::Rest};
use yimen_rig::{Asked, Server, provide};

struct Authority {
    certificate: Certificate,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn new() -> Self {
        let (mut params, key) = (CertificateParams::new(vec![]).unwrap(), KeyPair::generate().unwrap());
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let certificate = params.self_signed(&key).unwrap();
        Self { certificate, issuer: Issuer::new(params, key) }
    }

    fn issue(
        &self,
        name: &str,
        years: (i32, i32),
        purpose: ExtendedKeyUsagePurpose,
    ) -> (Certificate, KeyPair) {
        let (mut params, key) =
            (CertificateParams::new(vec![name.to_owned()]).unwrap(), KeyPair::generate().unwrap());
        params.not_before = date_time_ymd(years.0, 1, 1);
        params.not_after = date_time_ymd(years.1, 1, 1);
        params.extended_key_usages = vec![purpose];
        (params.signed_by(&key, &self.issuer).unwrap(), key)
    }

    fn server(&self, name: &str, years: (i32, i32)) -> (Certificate, KeyPair) {
        self.issue(name, years, ExtendedKeyUsagePurpose::ServerAuth)
    }

    fn client(&self) -> String {
        let (certificate, key) = self.issue("portal.example", GOOD, ExtendedKeyUsagePurpose::ClientAuth);
        format!("{}{}", certificate.pem(), key.serialize_pem())
    }
}

const GOOD: (i32, i32) = (2020, 4000);

struct Here;

impl Lookup for Here {
    fn lookup<'a>(&'a self, _: &'a str) -> Future<'a, std::io::Result<Vec<IpAddr>>> {
        Box::pin(async { Ok(vec!["127.0.0.1".parse().unwrap()]) })
    }
}

/// A backend with a certificate; it may want one of the portal too.
fn server((certificate, key): (Certificate, KeyPair), clients: Option<&Authority>) -> Server {
    provide();
    let builder = match clients {
        None => ServerConfig::builder().with_no_client_auth(),
        Some(authority) => {
            let mut roots = RootCertStore::empty();
            roots.add(authority.certificate.der().clone()).unwrap();
            let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build().unwrap();
            ServerConfig::builder().with_client_cert_verifier(verifier)
        }
    };
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let chain = vec![CertificateDer::from(certificate.der().to_vec())];
    let config = Arc::new(builder.with_single_cert(chain, key).unwrap());
    Server::raw(move |stream| {
        let mut stream = StreamOwned::new(ServerConnection::new(Arc::clone(&config)).unwrap(), stream);
        let mut piece = [0; 4096];
        let mut heard = Vec::new();
        while !heard.ends_with(b"}") {
            match stream.read(&mut piece) {
                Ok(read) if read > 0 => heard.extend_from_slice(&piece[..read]),
                _ => return,
            }
        }
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}");
        stream.conn.send_close_notify();
        let _ = stream.flush();
    })
}

fn asked(server: &Server, auth: Auth) -> Asked {
    let backend = json!({ "driver": "rest", "endpoint": "sample", "auth": auth });
    let address = format!("https://backend.example:{}", server.address.port());
    let mut asked = Asked::new(address, backend, json!({ "path": "/v1/verify" }));
    asked.dialer = SafeDialer::with_lookup(Allowed::new(vec!["127.0.0.1".parse().unwrap()]), Arc::new(Here));
    asked
}

fn trusting(asked: Asked, authority: &Authority) -> Asked {
    let mut asked = asked.secret("authority", &authority.certificate.pem());
    asked.backend.server_ca = Some("authority".to_owned());
    asked
}

#[tokio::test]
async fn only_a_certificate_that_is_right_now_and_for_this_name_by_whom_we_trust() {
    let (ours, theirs) = (Authority::new(), Authority::new());
    for (what, certificate, fine) in [
        ("good", ours.server("backend.example", GOOD), true),
        ("of another name", ours.server("other.example", GOOD), false),
        ("expired", ours.server("backend.example", (2019, 2020)), false),
        ("not good yet", ours.server("backend.example", (3999, 4000)), false),
        ("by another authority", theirs.server("backend.example", GOOD), false),
        ("for clients", ours.issue("backend.example", GOOD, ExtendedKeyUsagePurpose::ClientAuth), false),
    ] {
        let server = server(certificate, None);
        let answer = trusting(asked(&server, Auth::None), &ours).of(&Rest::default()).await;
        if fine {
            assert!(answer.is_ok(), "{what}: {answer:?}");
        } else {
            assert!(matches!(answer, Err(CallError::NotSent(_))), "{what}: {answer:?}");
        }
    }
    // Nobody vouches for it.
    let key = KeyPair::generate().unwrap();
    let alone =
        CertificateParams::new(vec!["backend.example".to_owned()]).unwrap().self_signed(&key).unwrap();
    let server = server((alone, key), None);
    for asked in [asked(&server, Auth::None), trusting(self::asked(&server, Auth::None), &ours)] {
        let answer = asked.of(&Rest::default()).await;
        assert!(matches!(answer, Err(CallError::NotSent(_))), "{answer:?}");
    }
}

#[tokio::test]
async fn the_portal_shows_its_own_certificate() {
    let (servers, clients, strangers) = (Authority::new(), Authority::new(), Authority::new());
    let server = server(servers.server("backend.example", GOOD), Some(&clients));
    let with = |pem: &str| trusting(asked(&server, Auth::Mtls).secret("identity", pem), &servers);
    with(&clients.client()).of(&Rest::default()).await.unwrap();
    for (what, asked) in [
        ("another authority's", with(&strangers.client())),
        ("none", trusting(asked(&server, Auth::None), &servers)),
    ] {
        let answer = asked.of(&Rest::default()).await;
        // With TLS 1.3 the refusal comes after the request was sent.
        assert!(matches!(answer, Err(CallError::NotSent(_) | CallError::Unknown(_))), "{what}: {answer:?}");
    }
    let mut plain = with(&clients.client());
    plain.address = plain.address.replace("https", "http");
    for asked in [plain, with("no certificate"), with(&servers.certificate.pem())] {
        let answer = asked.of(&Rest::default()).await;
        assert!(matches!(answer, Err(CallError::Impossible(_))), "{answer:?}");
    }
}

#[tokio::test]
async fn a_changed_certificate_is_used_from_the_next_call_on() {
    let (servers, old, new) = (Authority::new(), Authority::new(), Authority::new());
    let server = server(servers.server("backend.example", GOOD), Some(&new));
    let mut asked = trusting(asked(&server, Auth::Mtls).secret("identity", &old.client()), &servers);
    assert!(asked.of(&Rest::default()).await.is_err());
    asked.secrets.insert("identity".to_owned(), new.client().into());
    asked.of(&Rest::default()).await.unwrap();
}
