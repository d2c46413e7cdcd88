//! A small city with agencies that answer at once, after a while, or never.

use std::{collections::BTreeMap, io, path::Path, time::Duration};

use actix_web::{App, HttpResponse, HttpServer, web};
use chrono::NaiveDate;
use serde_json::json;
use yimen::{
    accounts::{self, AccountError, IdentityNumber, Newcomer, PersonName, Phone, Reach},
    agencies::{
        self,
        bindings::{self, Proposal},
    },
    app::{Portal, Role},
    db::{Conn, Db},
    ledger::CitizenId,
    platform::{Clock, Lang, Moment, config::Config, keys::KeyRing},
};
use yimen_contract::{
    Bilingual, Files,
    agency::{Auth, Driver, Encoding},
};
use yimen_sandbox::identity_number;
use yimen_tools::draft::{Starter, starter};

use crate::Outcome;

/// How long an agency takes that is well.
const WORK: Duration = Duration::from_millis(5);
/// Whom questions are about.
const PEOPLE: u16 = 40;
pub const WELL: usize = 20;
pub const PLAIN: &str = "plain";
pub const MAPPED: &str = "mapped";
pub const PERSONAL: &str = "personal";

pub struct City {
    pub portal: Portal,
    pub people: Vec<CitizenId>,
    /// Where backends are.
    pub backends: String,
}

impl City {
    pub async fn open(program: &Path, folder: &Path, hanging: usize) -> Outcome<Self> {
        let backends = backends()?;
        let settings = [
            ("YIMEN_DATABASE_URL", folder.join("city.sqlite").display().to_string()),
            ("YIMEN_KEYS_FILE", folder.join("keys").display().to_string()),
            ("YIMEN_GATEWAY_ALLOW", "[\"127.0.0.1\"]".to_owned()),
            ("YIMEN_GATEWAY_MAP_WORKER", program.display().to_string()),
            ("YIMEN_PUBLIC_URL", "http://localhost:8080".to_owned()),
        ];
        let config = Config::load(None, settings.map(|(name, value)| (name.to_owned(), value)))?;
        let (clock, db) = (Clock::system(), Db::open(&config.database)?);
        db.migrate()?;
        let keys = KeyRing::open_or_create(&config.keys)?;
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../adapters/city");
        let (now, files) = (clock.now(), Files::read_folder(&own));
        db.tx(move |c| agencies::install(c, now, agencies::CITY_SLUG, &files)).await?;
        for (number, (slug, kind)) in (1..).zip(agencies_with(hanging)) {
            let (ring, files) = (KeyRing::open(&config.keys)?, package(&slug, number, kind)?);
            let (address, secrets) = (format!("{backends}/{slug}"), BTreeMap::new());
            let name = slug.clone();
            db.tx(move |c| agencies::install(c, now, &name, &files)).await?;
            let proposal = Proposal { agency: slug, address, secrets };
            db.tx(move |c| bindings::bind(c, &ring, now, &proposal, ("one", "another"))).await?;
        }
        let ring = KeyRing::open(&config.keys)?;
        let everybody: Option<Vec<Somebody>> = (1..=PEOPLE).map(somebody).collect();
        let everybody = everybody.ok_or_else(|| io::Error::other("nobody has such a name or number"))?;
        let people: Vec<CitizenId> = db
            .tx(move |c| {
                everybody
                    .iter()
                    .map(|one| registered(c, &ring, now, one))
                    .collect::<Result<_, AccountError>>()
            })
            .await?;
        let portal = Portal::start(&config, db, clock, keys, Role::Web, None).await?;
        Ok(Self { portal, people, backends })
    }
}

pub fn well(index: usize) -> String {
    format!("well-{index}")
}

pub fn hangs(index: usize) -> String {
    format!("hanging-{index}")
}

/// What a question to an agency takes beside the call itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Nothing: it speaks the contract's own form, and everybody may ask.
    Plain,
    /// A map before and one behind.
    Mapped,
    /// The same, a line in the ledger and a statement whose question it is.
    Personal,
}

fn agencies_with(hanging: usize) -> Vec<(String, Kind)> {
    let named = [(PLAIN, Kind::Plain), (MAPPED, Kind::Mapped), (PERSONAL, Kind::Personal)];
    let named = named.into_iter().map(|(slug, kind)| (slug.to_owned(), kind));
    let others = (0..WELL).map(well).chain((0..hanging).map(hangs));
    named.chain(others.map(|slug| (slug, Kind::Plain))).collect()
}

/// The code of an agency's service, by its number.
fn code(number: u16) -> String {
    format!("YZ{}", 90_000 + u32::from(number))
}

/// The code of the service of one of the three that are measured alone.
pub fn service(slug: &str) -> String {
    let number = match slug {
        PLAIN => 1,
        MAPPED => 2,
        _ => 3,
    };
    code(number)
}

fn package(slug: &str, number: u16, kind: Kind) -> Outcome<Files> {
    let draft = starter(&Starter {
        slug: slug.to_owned(),
        name: Bilingual::new("测量局", "Bureau of Measurement"),
        driver: Driver::Rest,
        auth: Some(Auth::None),
        encoding: Encoding::Utf8,
        service: code(number),
    })?;
    let mut kept = Vec::new();
    for (path, text) in draft.iter() {
        let mut text = text.replace("code = \"X01\"", &format!("code = \"X{number:02}\""));
        if kind != Kind::Personal {
            text = text
                .replace("assurance = 3", "assurance = 0")
                .replace("claims = [\"identity_number\"]\n", "");
            text = text.replace("zjhm: .person.identity_number, ", "");
        }
        if kind == Kind::Plain {
            text = text.replace("request = \"maps/ask.jq\"\nresponse = \"maps/said.jq\"\n", "");
        }
        if path == "agency.toml" {
            text.push_str("\n[capabilities.health]\nmethod = \"GET\"\npath = \"/v1/health\"\n");
        }
        let spare = path.starts_with("samples/") || kind == Kind::Plain && path.starts_with("maps/");
        if !spare {
            kept.push((path.to_owned(), text.into_bytes()));
        }
    }
    Ok(Files::gather(kept.iter().map(|(path, text)| (path.as_str(), text.as_slice()))))
}

/// Who somebody is, ready to be registered.
struct Somebody {
    newcomer: Newcomer,
    name: PersonName,
    number: IdentityNumber,
}

fn somebody(order: u16) -> Option<Somebody> {
    let name = PersonName::parse("林晓").ok()?;
    let born = NaiveDate::from_ymd_opt(1985, 1, 1)?;
    let number = IdentityNumber::parse(&identity_number(1, born, order)).ok()?;
    let reach = Phone::parse(&format!("1990000{order:04}")).ok()?;
    let newcomer = Newcomer {
        name: Some(name.clone()),
        reach: Some(Reach::Phone(reach)),
        password_hash: None,
        language: Lang::Zh,
    };
    Some(Somebody { newcomer, name, number })
}

fn registered(c: &mut Conn, ring: &KeyRing, now: Moment, one: &Somebody) -> Result<CitizenId, AccountError> {
    let id = accounts::register(c, ring, now, &one.newcomer)?;
    accounts::claim_identity(c, ring, now, id, &one.name, &one.number, 3)?;
    Ok(id)
}

/// All backends behind one door: the first part of the path says whose, and how it is.
fn backends() -> Outcome<String> {
    let server = HttpServer::new(|| {
        App::new()
            .route("/{agency}/v1/lookup", web::post().to(answer))
            .route("/{agency}/v1/health", web::get().to(well_or_not))
            .default_service(web::to(HttpResponse::NotFound))
    });
    let server = server.workers(1).bind(("127.0.0.1", 0))?;
    let address = server.addrs().first().map(|address| format!("http://{address}"));
    actix_web::rt::spawn(server.run());
    address.ok_or_else(|| io::Error::other("no door for the backends").into())
}

async fn well_or_not(agency: web::Path<String>) -> HttpResponse {
    if agency.starts_with("hanging") {
        std::future::pending::<()>().await;
    }
    actix_web::rt::time::sleep(WORK).await;
    HttpResponse::Ok().json(json!({ "status": "up" }))
}

async fn answer(agency: web::Path<String>, _: web::Bytes) -> HttpResponse {
    if [MAPPED, PERSONAL].contains(&agency.as_str()) {
        return HttpResponse::Ok()
            .json(json!({ "rows": [{ "bh": "2026000001", "zt": "1", "rq": "2026-11-20" }] }));
    }
    let record = json!({ "reference": "2026000001", "state": "done", "facts": { "on": "2026-11-20" } });
    HttpResponse::Ok().json(json!({ "records": [record] }))
}
