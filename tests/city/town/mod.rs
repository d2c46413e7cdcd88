//! A town: a whole portal for one test.

pub mod browser;
pub mod held;
pub mod killable;
pub mod national;
pub mod outside;
pub mod program;
/// A backend that does as it pleases, which the drivers' own tests use too.
#[path = "../../../adapters/drivers/tests/drivers/backend.rs"]
pub mod backend;
pub mod template;

use std::{path::PathBuf, sync::Arc};

use chrono::TimeDelta;
use diesel::RunQueryDsl as _;
use scraper::{Html, Selector};
use tempfile::TempDir;
use yimen::{
    accounts::inquiries::Terms,
    app::{Portal, Role, registry, schedules},
    db::{Db, DbError},
    jobs::{self, Schedule},
    platform::{Clock, Moment, config::Config, keys::KeyRing},
    web::Listening,
};

pub use held::Held;
pub use template::Engine;

/// When every town's clock starts: a Friday noon in the city.
pub fn opening() -> Moment {
    "2026-11-20T04:00:00Z".parse().unwrap()
}

/// Writes a test once and runs it on SQLite with the cache in process, and on PostgreSQL with Redis.
#[macro_export]
macro_rules! on_both_engines {
    ($($(#[$doc:meta])* async fn $name:ident($town:ident: Town) $body:block)*) => {$(
        $(#[$doc])*
        mod $name {
            #[allow(unused_imports, reason = "what the module above imports")]
            use super::*;
            async fn body($town: $crate::town::Town) $body

            #[actix_web::test]
            async fn sqlite() {
                body($crate::town::Town::open($crate::town::Engine::Sqlite).await).await;
            }

            #[actix_web::test]
            async fn postgres() {
                body($crate::town::Town::open($crate::town::Engine::Postgres).await).await;
            }
        }
    )*};
}

/// The same for a town that somebody opens otherwise, with what stands outside of it.
#[macro_export]
macro_rules! with_post {
    ($open:path => $there:ty; $($(#[$doc:meta])* async fn $name:ident($town:ident, $post:ident) $body:block)*) => {$(
        $(#[$doc])*
        mod $name {
            #[allow(unused_imports, reason = "what the module above imports")]
            use super::*;
            async fn body($town: $crate::town::Town, $post: $there) $body

            #[actix_web::test]
            async fn sqlite() {
                let (town, post) = $open($crate::town::Engine::Sqlite).await;
                body(town, post).await;
            }

            #[actix_web::test]
            async fn postgres() {
                let (town, post) = $open($crate::town::Engine::Postgres).await;
                body(town, post).await;
            }
        }
    )*};
}

pub struct Town {
    pub db: Db,
    pub clock: Clock,
    pub config: Config,
    portal: Option<Portal>,
    client: reqwest::Client,
    base: String,
    _folder: Arc<TempDir>,
}

impl Town {
    /// A town with the demo city, on a free port.
    pub async fn open(engine: Engine) -> Self {
        Self::open_with(engine, &[]).await
    }

    /// The same, with settings as they would stand in the environment.
    pub async fn open_with(engine: Engine, settings: &[(&str, &str)]) -> Self {
        Self::open_changed(engine, settings, |_| {}).await
    }

    /// The same, with settings that only a file can hold.
    pub async fn open_changed(
        engine: Engine,
        settings: &[(&str, &str)],
        change: impl FnOnce(&mut Config),
    ) -> Self {
        let folder = TempDir::new().unwrap();
        let database = template::database(engine, folder.path()).await;
        let mut environment = vec![
            ("YIMEN_DATABASE_URL".to_owned(), database),
            ("YIMEN_KEYS_FILE".to_owned(), folder.path().join("keys").display().to_string()),
            ("YIMEN_FILES_FOLDER".to_owned(), folder.path().join("files").display().to_string()),
            ("YIMEN_SERVER_LISTEN".to_owned(), "127.0.0.1:0".to_owned()),
            ("YIMEN_SERVER_THREADS".to_owned(), "1".to_owned()),
            ("YIMEN_SERVER_SHUTDOWN_SECONDS".to_owned(), "1".to_owned()),
            // Jobs run when a test says so, on the town's clock.
            ("YIMEN_JOBS_POLL_MS".to_owned(), "3600000".to_owned()),
            ("YIMEN_GATEWAY_ALLOW".to_owned(), "[\"127.0.0.1\"]".to_owned()),
            // The test is another program than the one that runs maps.
            ("YIMEN_GATEWAY_MAP_WORKER".to_owned(), env!("CARGO_BIN_EXE_yimen").to_owned()),
            ("YIMEN_LIMITS_REQUESTS_PER_MINUTE".to_owned(), "100000".to_owned()),
            ("YIMEN_LIMITS_SEARCHES_PER_MINUTE".to_owned(), "100000".to_owned()),
        ];
        if engine == Engine::Postgres {
            environment.push(("YIMEN_CACHE_URL".to_owned(), template::redis()));
            let prefix = format!("town-{}-{}", std::process::id(), uuid::Uuid::now_v7().simple());
            environment.push(("YIMEN_CACHE_PREFIX".to_owned(), prefix));
        }
        environment.extend(settings.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())));
        let mut config = Config::load(None, environment).unwrap();
        change(&mut config);
        let clock = Clock::standing(opening());
        let db = Db::open(&config.database).unwrap();
        let keys = KeyRing::open_or_create(&config.keys).unwrap();
        let listening = Listening::on(config.server.listen).unwrap();
        let portal = Portal::start(&config, db.clone(), clock.clone(), keys, Role::Web, Some(listening))
            .await
            .unwrap();
        let base = format!("http://{}", portal.address.unwrap());
        let client = visitor();
        Self { db, clock, config, portal: Some(portal), client, base, _folder: Arc::new(folder) }
    }

    /// Another node of the same city: its own connections and its own port, the same database and Redis.
    pub async fn another_node(&self) -> Portal {
        let keys = KeyRing::open(&self.config.keys).unwrap();
        let db = Db::open(&self.config.database).unwrap();
        let listening = Listening::on(self.config.server.listen).unwrap();
        Portal::start(&self.config, db, self.clock.clone(), keys, Role::Web, Some(listening)).await.unwrap()
    }

    pub fn portal(&self) -> &Portal {
        self.portal.as_ref().unwrap()
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    pub fn client(&self) -> &reqwest::Client {
        &self.client
    }

    /// Fetches a path as a browser set to Chinese.
    pub async fn get(&self, path: &str) -> Answer {
        self.ask(self.client.get(self.url(path)).header("accept-language", "zh-CN")).await
    }

    /// Sends a request and reads the whole answer.
    pub async fn ask(&self, request: reqwest::RequestBuilder) -> Answer {
        Answer::of(request).await
    }

    /// Moves the clock and does what has become due.
    pub async fn pass(&self, time: TimeDelta) {
        self.clock.advance(time);
        self.work().await;
    }

    /// Runs every job that is due.
    pub async fn work(&self) -> usize {
        self.work_by(&schedules()).await
    }

    /// The same where only this happens by the clock.
    pub async fn work_by(&self, schedules: &[Schedule]) -> usize {
        let portal = self.portal();
        let registry = registry(
            &portal.site,
            &portal.courier,
            &portal.gateway,
            &portal.shelf,
            Terms(self.config.answers),
        );
        jobs::drain(&self.db, &self.clock, &registry, schedules).await.unwrap()
    }

    /// Runs a statement on the database itself.
    pub async fn sql(&self, statement: &str) {
        let statement = statement.to_owned();
        self.db
            .tx(move |c| diesel::sql_query(statement).execute(c).map(|_| ()).map_err(DbError::from))
            .await
            .unwrap();
    }

    /// Whole tables as text, bytes in hexadecimal.
    pub async fn dump(&self, tables: &[&str]) -> String {
        let mut all = String::new();
        for table in tables {
            // Both engines write a whole row as text in their own way.
            let sql = match self.db.engine() {
                yimen::db::Engine::Postgres => format!("SELECT t::text AS line FROM {table} t"),
                yimen::db::Engine::Sqlite => {
                    let columns = self.lines(format!(
                        "SELECT group_concat('coalesce(CASE typeof(' || name || ') WHEN ''blob'' THEN \
                         lower(hex(' || name || ')) ELSE ' || name || ' END, '''')', ' || '' '' || ') AS line \
                         FROM pragma_table_info('{table}')"
                    ));
                    format!("SELECT {} AS line FROM {table}", columns.await.join(""))
                }
            };
            all.push_str(&self.lines(sql).await.join("\n"));
        }
        all
    }

    pub async fn lines(&self, sql: String) -> Vec<String> {
        #[derive(diesel::QueryableByName)]
        struct Row {
            #[diesel(sql_type = diesel::sql_types::Text)]
            line: String,
        }
        let rows: Vec<Row> =
            self.db.read(move |c| diesel::sql_query(sql).load(c).map_err(DbError::from)).await.unwrap();
        rows.into_iter().map(|row| row.line).collect()
    }

    /// Has what was counted written down.
    pub async fn settle_counts(&self) {
        self.portal().settle().await.unwrap();
    }

    /// Closes the town. A job left over that was due is a job somebody forgot.
    pub async fn close(mut self) {
        self.work().await;
        let now = self.clock.now();
        let (due, _) = self.db.read(move |c| jobs::waiting(c, now)).await.unwrap();
        assert_eq!(due, 0, "jobs were left over");
        let dead = self.db.read(|c| jobs::dead(c, 10)).await.unwrap();
        assert!(dead.is_empty(), "jobs died: {dead:?}");
        self.portal.take().unwrap().stop().await;
        template::remove(&self.config.database.url);
    }
}

/// An answer of the portal.
pub struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub body: String,
}

impl Answer {
    /// Sends a request and reads the whole answer.
    pub async fn of(request: reqwest::RequestBuilder) -> Self {
        let response = request.send().await.expect("the portal answers");
        Self {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: response.text().await.expect("a whole answer"),
        }
    }

    #[track_caller]
    pub fn ok(self) -> Self {
        assert_eq!(self.status, 200, "{}", self.body.chars().take(400).collect::<String>());
        self
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn html(&self) -> Html {
        Html::parse_document(&self.body)
    }

    /// The text of every element that a selector finds.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let text = |element: scraper::ElementRef<'_>| {
            element.text().collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
        };
        self.html().select(&Selector::parse(selector).unwrap()).map(text).collect()
    }

    /// An attribute of every element that a selector finds.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        self.html().select(&selector).filter_map(|element| element.attr(name).map(str::to_owned)).collect()
    }
}

/// What a browser does of itself, without following anything.
pub fn visitor() -> reqwest::Client {
    yimen::platform::tls::provide();
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap()
}

/// The folder of the demo city's packages.
pub fn packages() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("adapters")
}
