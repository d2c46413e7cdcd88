//! A sandbox at work and a browser that talks to it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use chrono::{DateTime, TimeDelta, Utc};
use yimen_sandbox::{Clock, Options, Ports, Running, Secret, start};

/// When every test's clock starts.
pub const NOON: i64 = 1_795_233_600;

/// A clock that stands until it is moved.
#[derive(Clone)]
pub struct Hand(Arc<Mutex<DateTime<Utc>>>);

impl Hand {
    pub fn at_noon() -> Self {
        Self(Arc::new(Mutex::new(DateTime::from_timestamp(NOON, 0).unwrap())))
    }

    pub fn clock(&self) -> Clock {
        let hand = self.0.clone();
        Clock::asking(move || *hand.lock().unwrap())
    }

    pub fn pass(&self, seconds: i64) {
        *self.0.lock().unwrap() += TimeDelta::seconds(seconds);
    }

    pub fn seconds(&self) -> i64 {
        self.0.lock().unwrap().timestamp()
    }
}

pub async fn sandbox() -> (Running, Hand) {
    let hand = Hand::at_noon();
    let options = Options {
        seed: 1,
        secret: Secret::new([7; 32]),
        clock: hand.clock(),
        ports: Ports::default(),
        books: None,
        national_redirects: vec!["http://localhost:8080/sign-in/national/callback".to_owned()],
    };
    (start(options).await.unwrap(), hand)
}

/// What came back, read to its end.
pub struct Answer {
    pub status: u16,
    pub body: String,
    pub location: Option<url::Url>,
}

impl Answer {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.body))
    }

    /// A parameter of the address that the browser is sent to.
    pub fn sent(&self, name: &str) -> Option<String> {
        let location = self.location.as_ref().expect("a redirect");
        location.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
    }
}

/// A browser that keeps cookies by host, as browsers do, and follows nothing by itself.
pub struct Browser {
    http: reqwest::Client,
    cookies: Mutex<HashMap<String, String>>,
}

#[expect(clippy::disallowed_methods, reason = "a test's browser")]
pub fn client() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap()
}

impl Browser {
    pub fn new() -> Self {
        Self { http: client(), cookies: Mutex::default() }
    }

    pub async fn get(&self, url: &str) -> Answer {
        self.send(self.http.get(url)).await
    }

    pub async fn post(&self, url: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(self.http.post(url).form(fields)).await
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let cookies = self.cookies.lock().unwrap().clone();
        let header: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = request.header("cookie", header.join("; ")).header("accept-language", "en");
        let response = request.send().await.unwrap();
        for set in response.headers().get_all("set-cookie") {
            let (name, value) = set.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            let mut cookies = self.cookies.lock().unwrap();
            match value {
                "" => cookies.remove(name),
                _ => cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
        let base = response.url().clone();
        let location = response.headers().get("location").map(|to| base.join(to.to_str().unwrap()).unwrap());
        Answer { status: response.status().as_u16(), location, body: response.text().await.unwrap() }
    }
}

/// Makes a server of the sandbox fail by its own door.
pub async fn fail(base: &str, fault: serde_json::Value) {
    let answer = client().put(format!("{base}/faults")).json(&fault).send().await.unwrap();
    assert_eq!(answer.status(), 204, "{fault}");
}
