//! What the entrance does when a page never comes, with real requests.

#![allow(clippy::unwrap_used, reason = "a test may fail")]
#![expect(clippy::disallowed_methods, reason = "a test is a visitor: it dials the portal itself")]

use std::{future::pending, sync::Arc, time::Duration};

use actix_web::{
    HttpResponse,
    web::{self, Data},
};
use reqwest::Client;

use crate::{
    cache::{Bounds, Cache},
    db::Db,
    platform::{Clock, Lang, Moment, config::Config, i18n::Texts, keys::KeyRing, tls},
    web::{
        Chrome, Demands, Frame, Listening, Site, SiteParts,
        frame::{CityLine, Look},
        serve,
    },
};

struct Plain(Arc<CityLine>);

impl Chrome for Plain {
    fn city(&self) -> Arc<CityLine> {
        Arc::clone(&self.0)
    }
}

impl Demands for Plain {
    fn level(&self, _service: &str) -> Option<u8> {
        None
    }
}

/// A portal of two addresses: one answers, the other never does.
#[actix_web::test]
async fn a_page_that_never_comes_ends_as_a_page_that_says_so() {
    tls::provide();
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("city.sqlite").display().to_string();
    let settings = [
        ("YIMEN_DATABASE_URL", database.as_str()),
        ("YIMEN_SERVER_LISTEN", "127.0.0.1:0"),
        ("YIMEN_SERVER_THREADS", "1"),
        ("YIMEN_SERVER_SHUTDOWN_SECONDS", "1"),
        ("YIMEN_SERVER_DEADLINE_MS", "1000"),
    ];
    let settings = settings.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let config = Config::load(None, settings).unwrap();
    assert_eq!(config.server.deadline, Duration::from_secs(1), "the limit is a setting");
    let listening = Listening::on(config.server.listen).unwrap();
    let address = format!("http://{}", listening.address);
    let city = Frame::sample(Texts::new(Lang::Zh), Look::default(), "/").city;
    let parts = SiteParts {
        db: Db::open(&config.database).unwrap(),
        cache: Cache::in_process(Bounds::default()),
        clock: Clock::standing(Moment::UNIX_EPOCH),
        keys: Arc::new(KeyRing::fresh().unwrap()),
        leaked: None,
        chrome: Arc::new(Plain(Arc::clone(&city))),
        demands: Arc::new(Plain(city)),
        public_url: address.parse().unwrap(),
        machine_paths: Vec::new(),
    };
    let site = Data::new(Site::new(parts, &config));
    let served = serve(listening, None, &config.server, site, |routes| {
        routes
            .route("/never", web::get().to(pending::<HttpResponse>))
            .route("/at-once", web::get().to(|| async { HttpResponse::Ok().body("here") }));
    })
    .unwrap();

    let client = Client::builder().no_proxy().build().unwrap();
    for (lang, title) in [("zh-CN", "请稍后再来"), ("en", "very busy right now")] {
        let ask = |path: &str| client.get(format!("{address}{path}")).header("accept-language", lang).send();
        let (late, here) = tokio::join!(ask("/never"), ask("/at-once"));
        assert_eq!(here.unwrap().text().await.unwrap(), "here", "nobody else waits for it");
        let late = late.unwrap();
        assert_eq!(late.status(), 503);
        assert!(late.headers().contains_key("content-security-policy"), "{:?}", late.headers());
        let page = late.text().await.unwrap();
        assert!(page.contains(&format!("<html lang=\"{lang}\"")) && page.contains(title), "{page}");
        let (_, number) = page.split_once("<strong>YM-").unwrap();
        assert!(number.find("</strong>") == Some(9), "a number to tell the hotline: {page}");
    }
    for one in served {
        one.stop().await;
    }
}
