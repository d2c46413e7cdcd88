//! The way to an agency, over real connections to a backend that does as it pleases.

use std::{collections::BTreeMap, net::SocketAddr, time::Duration};

use chrono::TimeDelta;
use diesel::prelude::*;
use jsonwebtoken::jwk::JwkSet;
use yimen::{
    agencies::{
        self,
        bindings::{self, BindingError, Proposal},
    },
    db::{DbError, schema::looks},
    gateway::{About, Agent, GatewayError, Request},
    ledger::{Basis, CitizenId, Purpose},
    platform::keys::KeyRing,
    sso::{
        assertion::{self, Assertion},
        provider::ProviderError,
    },
};
use yimen_contract::{
    Files,
    capability::{
        Outcome, health,
        identity::{Finding, Input, Output},
        person::Relation,
    },
};

use crate::{
    on_both_engines,
    people::citizen,
    town::{
        Town,
        backend::{Backend, Then},
        packages,
    },
};

const REGISTER: &str = "household-registration";
const KEY: &str = "0123456789abcdef0123456789abcdef";
/// In the contract's own form.
const PLAIN: &str = r#"{ "outcome": "match", "level": 3 }"#;
const MATCH: &str = r#"{ "result": "match", "level": 3, "reference": "PR-1" }"#;

fn header<'r>(request: &'r str, name: &str) -> &'r str {
    let line = request.lines().find(|line| line.to_lowercase().starts_with(&format!("{name}:")));
    line.map_or("", |line| line.split_once(':').unwrap().1.trim())
}

fn proposal(agency: &str, address: &str, secrets: &[(&str, &str)]) -> Proposal {
    let secrets = secrets.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Proposal {
        agency: agency.to_owned(),
        address: address.to_owned(),
        secrets: secrets.collect::<BTreeMap<_, _>>(),
    }
}

impl Town {
    /// Binds an agency that signs with a key to a backend.
    pub async fn bind(&self, agency: &str, backend: &Backend) {
        self.bind_to(agency, backend.address).await;
    }

    /// The same, wherever something answers.
    pub async fn bind_to(&self, agency: &str, address: SocketAddr) {
        let ring = KeyRing::open(&self.config.keys).unwrap();
        let proposal = proposal(agency, &format!("http://{address}/"), &[("hmac-key", KEY)]);
        let now = self.clock.now();
        self.db.tx(move |c| bindings::bind(c, &ring, now, &proposal, ("one", "another"))).await.unwrap();
    }

    /// Somebody asks for themself, or an agent for them.
    async fn asks(&self, agency: &str, citizen: CitizenId, agent: Option<CitizenId>, fields: &[&str]) {
        let agent = agent.map(|citizen| Agent { citizen, relation: Relation::Authorised });
        let (purpose, basis) = (Purpose::VerifyIdentity, Basis::Consent);
        let about = About { citizen, agent, company: None, level: 3, purpose, basis, fields, claims: None };
        let question =
            Input { name: "林晓".into(), identity_number: "990101198501010010".into(), level: 3 };
        let request =
            Request { agency, service: None, question, about: Some(about), within: Duration::from_secs(2) };
        let outcome = self.portal().gateway.call(request).await.unwrap();
        assert!(matches!(outcome, Outcome::Fresh(_)), "{outcome:?}");
    }

    /// What a backend was told about its callers, checked as an agency would: with the keys the portal publishes.
    async fn statements(&self, backend: &Backend, agency: &str) -> Vec<Assertion> {
        let keys: JwkSet = serde_json::from_str(&self.get("/oidc/jwks").await.ok().body).unwrap();
        let (issuer, now) = (self.portal().site.origin(), self.clock.now());
        let read = |request: &String| {
            let token = header(request, "x-yimen-assertion");
            assertion::verify(&keys.keys, issuer, agency, now, token).expect("a statement that holds")
        };
        backend.heard().iter().map(read).collect()
    }

    /// Asks the register whether somebody is somebody.
    pub async fn verified(&self, agency: &str, milliseconds: u64) -> Result<Outcome<Output>, GatewayError> {
        self.verified_for(agency, milliseconds, Purpose::VerifyIdentity).await
    }

    async fn verified_for(
        &self,
        agency: &str,
        milliseconds: u64,
        purpose: Purpose,
    ) -> Result<Outcome<Output>, GatewayError> {
        let about = About {
            citizen: CitizenId::new(),
            agent: None,
            company: None,
            level: 3,
            purpose,
            basis: Basis::Consent,
            fields: &["name"],
            claims: None,
        };
        let question =
            Input { name: "𬱖晓".into(), identity_number: "990101198501010010".into(), level: 3 };
        let within = Duration::from_millis(milliseconds);
        self.portal()
            .gateway
            .call(Request { agency, service: None, question, about: Some(about), within })
            .await
    }

    /// Who looked at anybody: kind and name.
    async fn looked(&self) -> Vec<(String, String)> {
        let rows = |c: &mut yimen::db::Conn| {
            looks::table.select((looks::actor_kind, looks::actor)).load(c).map_err(DbError::from)
        };
        self.db.read(rows).await.unwrap()
    }
}

/// The package of the police, which has no register, with one of its own: fast to give up, narrow.
fn with_register(concurrent: u16, more: &str) -> Files {
    let folder = packages().join("agencies/public-security");
    let files = Files::read_folder(&folder);
    let own: Vec<(String, String)> = files
        .iter()
        .map(|(path, text)| {
            let mut text = text.to_owned();
            if path == "agency.toml" {
                text = text.replace(
                    "deadline_ms = 1500",
                    &format!("deadline_ms = 30000\nconcurrent = {concurrent}"),
                );
                text.push_str("\n[capabilities.\"identity.verify\"]\npath = \"/v1/verify\"\n");
                text.push_str(more);
            }
            (path.to_owned(), text)
        })
        .collect();
    Files::gather(own)
}

on_both_engines! {
    async fn a_question_is_signed_recorded_and_answered(town: Town) {
        let backend = Backend::json("200 OK", MATCH);
        town.bind(REGISTER, &backend).await;
        let outcome = town.verified(REGISTER, 2_000).await.unwrap();
        let output = Output { outcome: Finding::Match, level: 3, reference: Some("PR-1".into()) };
        assert_eq!(outcome, Outcome::Fresh(output));
        assert_eq!(town.looked().await, [("agency".to_owned(), REGISTER.to_owned())]);
        let request = backend.heard().remove(0);
        assert!(request.starts_with("POST /v1/verify HTTP/1.1\r\n"), "{request}");
        assert!(request.contains("x-yimen-signature: v1="), "{request}");
        assert!(request.contains("𬱖晓") && request.contains("\"level\":3"), "{request}");
        assert!(!request.contains(KEY));
        town.close().await;
    }

    /// Who is behind a call is said so that a backend can check it, and to that backend alone.
    async fn a_backend_hears_from_the_portal_whose_question_it_is(town: Town) {
        let backend = Backend::json("200 OK", MATCH);
        town.bind(REGISTER, &backend).await;
        let (lin, wang) = (CitizenId::new(), CitizenId::new());
        for (citizen, agent) in [(lin, None), (lin, None), (wang, None), (wang, Some(lin))] {
            town.asks(REGISTER, citizen, agent, &["name"]).await;
        }
        let said = town.statements(&backend, REGISTER).await;
        assert_eq!((said[0].acr.as_str(), said[0].purpose.as_str()), ("urn:yimen:loa:3", "verify-identity"));
        assert!(said[0].claims.is_empty() && said[0].act.is_none(), "nothing that nobody declared");
        assert_eq!(said[0].sub, said[1].sub, "the same person");
        assert_ne!(said[0].jti, said[1].jti, "each is good once");
        assert_ne!(said[0].sub, said[2].sub);
        // Somebody acts for another: it is about the one, and the other is named as well.
        assert_eq!(said[3].sub, said[2].sub);
        assert_eq!(said[3].act.as_ref().unwrap().sub, said[0].sub);
        let token = header(&backend.heard()[0], "x-yimen-assertion").to_owned();
        assert!(!token.contains(&lin.to_string()));
        let (now, issuer) = (town.clock.now(), town.portal().site.origin().to_owned());
        town.db.tx(move |c| {
            let mut take = |agency: &str| assertion::accept(c, &issuer, agency, now, &token);
            assert!(take("library")?.is_none(), "it is for no other agency");
            assert!(take(REGISTER)?.is_some());
            assert!(take(REGISTER)?.is_none(), "a replay");
            Ok::<_, ProviderError>(())
        }).await.unwrap();
        // Another agency knows the same person by another name; where nobody is behind it, nobody is named.
        let (now, files) = (town.clock.now(), with_register(3, ""));
        town.db.tx(move |c| agencies::install(c, now, "public-security", &files)).await.unwrap();
        let other = Backend::json("200 OK", PLAIN);
        town.bind("public-security", &other).await;
        town.asks("public-security", lin, None, &["name"]).await;
        assert_ne!(town.statements(&other, "public-security").await[0].sub, said[0].sub);
        assert!(town.portal().gateway.is_well(REGISTER).await.unwrap());
        assert_eq!(header(backend.heard().last().unwrap(), "x-yimen-assertion"), "");
        town.close().await;
    }

    /// The package asks for it, and the citizen was told of it: both, or it is not said.
    async fn a_statement_says_only_what_was_declared_and_shown(town: Town) {
        let claims = "claims = [\"name\", \"phone_number\"]\n";
        let (now, files) = (town.clock.now(), with_register(3, claims));
        town.db.tx(move |c| agencies::install(c, now, "public-security", &files)).await.unwrap();
        let backend = Backend::json("200 OK", PLAIN);
        town.bind("public-security", &backend).await;
        let lin = citizen(&town, "林晓", "13800000001", "990101198501010010").await;
        town.asks("public-security", lin, None, &["name"]).await;
        town.asks("public-security", lin, None, &["name", "phone", "identity-number"]).await;
        let said = town.statements(&backend, "public-security").await;
        assert_eq!(serde_json::json!(said[0].claims), serde_json::json!({ "name": "林晓" }));
        let both = serde_json::json!({ "name": "林晓", "phone_number": "13800000001" });
        assert_eq!(serde_json::json!(said[1].claims), both);
        town.close().await;
    }

    async fn no_failure_becomes_an_answer(town: Town) {
        let json = |body: &str| {
            format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len())
        };
        let large = format!("{{ \"result\": \"match\", \"level\": 3, \"x\": \"{}\" }}", "x".repeat(2 << 20));
        let head = |line: &str| format!("HTTP/1.1 {line}\r\ncontent-length: 0\r\n\r\n");
        for (words, then) in [
            (String::new(), Then::Hang),
            (String::new(), Then::Close),
            ("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_owned(), Then::Babble),
            (head("500 Oh"), Then::Close),
            (head("204 Nothing"), Then::Close),
            (head("302 Elsewhere\r\nlocation: http://127.0.0.1:1/"), Then::Close),
            (head("401 Who"), Then::Close),
            (json("<html>match</html>"), Then::Close),
            (json("{}"), Then::Close),
            (json("[]"), Then::Close),
            (json("null"), Then::Close),
            (json("{ \"result\": \"match\", \"level\": \"three\" }"), Then::Close),
            (json(&large), Then::Close),
        ] {
            let backend = Backend::saying(&words, then);
            town.bind(REGISTER, &backend).await;
            // Each agency's line rests after a few faults; an hour later it is asked again.
            town.clock.advance(TimeDelta::hours(1));
            // Only where nothing ever comes does the time matter; it holds the database's part too.
            let milliseconds = if then == Then::Hang { 3_000 } else { 10_000 };
            let outcome = town.verified(REGISTER, milliseconds).await.unwrap();
            let shown: String = words.chars().take(60).collect();
            assert!(matches!(outcome, Outcome::Unavailable { .. }), "{shown:?}: {outcome:?}");
            assert!(!backend.heard().is_empty(), "{shown:?}");
        }
        // A word nobody knows is neither a match nor a mismatch.
        let odd = Backend::json("200 OK", r#"{ "result": "probably", "level": 3 }"#);
        town.bind(REGISTER, &odd).await;
        town.clock.advance(TimeDelta::hours(1));
        let outcome = town.verified(REGISTER, 2_000).await.unwrap().value().unwrap();
        assert_eq!(outcome.outcome, Finding::Pending);
        town.close().await;
    }

    async fn an_agency_that_fails_again_and_again_is_left_alone_for_a_while(town: Town) {
        let broken = Backend::json("200 OK", "?");
        town.bind(REGISTER, &broken).await;
        for _ in 0..5 {
            assert_eq!(town.verified(REGISTER, 2_000).await.unwrap(), Outcome::Unavailable { until: None });
        }
        let until = town.clock.now() + TimeDelta::seconds(15);
        assert_eq!(town.verified(REGISTER, 2_000).await.unwrap(), Outcome::Unavailable { until: Some(until) });
        assert_eq!(broken.heard().len(), 5);
        assert_eq!(town.looked().await.len(), 5, "what did not leave is not on record as seen");
        let well = Backend::json("200 OK", MATCH);
        town.bind(REGISTER, &well).await;
        town.clock.advance(TimeDelta::seconds(15));
        assert!(matches!(town.verified(REGISTER, 2_000).await.unwrap(), Outcome::Fresh(_)));
        town.close().await;
    }

    async fn what_is_not_declared_bound_or_named_is_refused(town: Town) {
        // Nothing is bound: nothing leaves, and nothing is on record.
        assert_eq!(town.verified(REGISTER, 2_000).await.unwrap(), Outcome::Unavailable { until: None });
        let backend = Backend::json("200 OK", MATCH);
        town.bind(REGISTER, &backend).await;
        let gateway = &town.portal().gateway;
        let within = Duration::from_secs(2);
        let health = gateway.call(Request { agency: "library", service: None, question: health::Input {}, about: None, within });
        assert!(matches!(health.await, Err(GatewayError::Undeclared { .. })));
        let unknown = town.verified("no-such-agency", 2_000).await;
        assert!(matches!(unknown, Err(GatewayError::UnknownAgency(_))), "{unknown:?}");
        let question = Input { name: "林晓".into(), identity_number: "990101198501010010".into(), level: 3 };
        let nobody = gateway.call(Request { agency: REGISTER, service: None, question, about: None, within }).await;
        assert!(matches!(nobody, Err(GatewayError::NobodyNamed(_))), "{nobody:?}");
        let curious = town.verified_for(REGISTER, 2_000, Purpose::Notify).await.unwrap();
        assert_eq!(curious, Outcome::NotEntitled);
        assert!(backend.heard().is_empty() && town.looked().await.is_empty());
        town.close().await;
    }

    /// The hanging agency's callers wait for a minute; nobody else does.
    async fn one_hanging_agency_slows_no_other(town: Town) {
        let (now, files) = (town.clock.now(), with_register(3, ""));
        town.db.tx(move |c| agencies::install(c, now, "public-security", &files)).await.unwrap();
        let (hanging, well) = (Backend::saying("", Then::Hang), Backend::json("200 OK", MATCH));
        town.bind("public-security", &hanging).await;
        town.bind(REGISTER, &well).await;
        let stuck = futures_util::future::join_all((0..15).map(|_| town.verified("public-security", 60_000)));
        let others = async {
            for _ in 0..20 {
                assert!(matches!(town.verified(REGISTER, 2_000).await.unwrap(), Outcome::Fresh(_)));
            }
            // As many as the line carries are on it, the rest wait for them or were refused.
            assert_eq!(hanging.heard().len(), 3);
            let full = town.verified("public-security", 50).await.unwrap();
            assert_eq!(full, Outcome::Unavailable { until: None });
        };
        match futures_util::future::select(Box::pin(stuck), Box::pin(others)).await {
            futures_util::future::Either::Left(_) => panic!("the hanging agency answered"),
            futures_util::future::Either::Right(((), stuck)) => drop(stuck),
        }
        town.close().await;
    }

    async fn a_binding_takes_two_people_and_the_packages_own_names(town: Town) {
        let now = town.clock.now();
        let propose = async |proposal: Proposal, by: &'static str| {
            let ring = KeyRing::open(&town.config.keys).unwrap();
            town.db.tx(move |c| bindings::propose(c, &ring, now, &proposal, by)).await
        };
        let approve = async |by: &'static str| {
            town.db.tx(move |c| bindings::approve(c, now, REGISTER, by)).await
        };
        let secrets = [("hmac-key", KEY)];
        for address in [
            "ftp://backend.example/", "backend.example", "https://user:pw@backend.example/",
            "https://backend.example/?key=1", "https://backend.example/#x", "",
        ] {
            let refused = propose(proposal(REGISTER, address, &secrets), "Lin").await;
            assert!(matches!(refused, Err(BindingError::Address(_))), "{address}: {refused:?}");
        }
        for secrets in [&[][..], &[("hmac-key", "")], &[("key", "x")], &[("hmac-key", "x"), ("more", "y")]] {
            let refused = propose(proposal(REGISTER, "https://a.example/", secrets), "Lin").await;
            assert!(matches!(refused, Err(BindingError::Secrets { .. })), "{secrets:?}: {refused:?}");
            assert!(!refused.unwrap_err().to_string().contains('x'), "values are never repeated");
        }
        assert!(matches!(approve("Wu").await, Err(BindingError::NothingWaits(_))));
        propose(proposal(REGISTER, "https://a.example/v2", &secrets), "Lin  Xiao").await.unwrap();
        assert!(matches!(approve("lin xiao ").await, Err(BindingError::SamePerson(_))));
        assert!(matches!(approve(" ").await, Err(BindingError::Nobody)));
        // Not even past the program.
        let past = town.db.tx(|c| {
            diesel::sql_query("UPDATE environment_bindings SET approved_by = proposed_by, approved_at = proposed_at")
                .execute(c)
                .map_err(DbError::from)
        }).await;
        assert!(matches!(past, Err(DbError::Conflict(_))), "{past:?}");
        approve("Wu").await.unwrap();
        propose(proposal(REGISTER, "https://b.example/", &secrets), "Wu").await.unwrap();
        let rows = town.db.read(bindings::list).await.unwrap();
        let shown: Vec<_> = rows.iter().map(|row| (row.address.as_str(), row.approved_by.as_deref())).collect();
        assert_eq!(shown, [("https://a.example/v2", Some("wu")), ("https://b.example/", None)]);
        approve("Lin Xiao").await.unwrap();
        let rows = town.db.read(bindings::list).await.unwrap();
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].address, "https://b.example/");
        // The secret is nowhere to be read.
        let kept: Vec<Vec<u8>> = town.db.read(|c| {
            use yimen::db::schema::environment_bindings;
            environment_bindings::table.select(environment_bindings::secrets).load(c).map_err(DbError::from)
        }).await.unwrap();
        assert!(kept.iter().all(|kept| !kept.windows(8).any(|part| part == &KEY.as_bytes()[..8])));
        town.close().await;
    }
}
