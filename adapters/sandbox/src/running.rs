//! Starting everything, and what a portal's operator would have to be told about it.

use std::{collections::BTreeMap, io, net::SocketAddr, sync::Arc, time::Duration};

use actix_web::web::Data;
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use crate::{
    assertion::Vouched,
    carriers::{self, Carrier, TextCarrier},
    clock::Clock,
    faults::{Fault, Faults},
    key::KeyError,
    national::{National, NationalClient},
    options::{Options, Ports},
    people::Cast,
    player::{Backend, CertificateError},
    postbox::{Message, PostBox as Box_, smtp},
    register::{Register, Understudy},
    secret::Secret,
    server::{Door, Server, serve},
    signature::Gate,
    site::{Face, LIBRARY, MUSEUM, Proof, Site},
    till::{self, Till},
};

/// The agency whose backend the population register is.
const REGISTER: &str = "household-registration";
/// How long a site waits for the portal.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often the payment provider tells what it could not tell before, and carriers what became of messages.
const TELL_AGAIN: Duration = Duration::from_secs(5);

#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("the sandbox cannot listen: {0}")]
    Listen(#[from] io::Error),
    #[error("the sandbox cannot make its keys: {0}")]
    Key(#[from] KeyError),
    #[error("the sandbox cannot call anyone: {0}")]
    Client(#[from] reqwest::Error),
    #[error("the sandbox has no certificates: {0}")]
    Certificates(#[from] CertificateError),
}

/// The sandbox at work.
pub struct Running {
    pub cast: Cast,
    pub register: PopulationRegister,
    pub national: NationalProvider,
    pub library: AgencySite,
    pub museum: AgencySite,
    pub post_box: PostBox,
    pub city_pay: CityPay,
    /// The two of text messages, in the order in which the city asks them, and the one to apps.
    pub carriers: [TextCarrier; 3],
    servers: Vec<Server>,
    mail: JoinHandle<()>,
    telling: JoinHandle<()>,
}

/// What a part that was started alone runs on.
pub struct AloneServers(pub(crate) Vec<Server>);

impl AloneServers {
    pub async fn stop(self) {
        for server in self.0 {
            server.stop().await;
        }
    }
}

/// The payment provider.
pub struct CityPay {
    pub url: String,
    /// The folder's name of its package, and its secrets by their names there.
    pub slug: &'static str,
    pub secrets: BTreeMap<String, String>,
    pub address: SocketAddr,
    inner: Data<Till>,
    faults: Data<Faults>,
}

pub struct PopulationRegister {
    pub url: String,
    /// Signs requests to it.
    pub key: String,
    pub address: SocketAddr,
    vouched: Data<Vouched>,
    understudy: Data<Understudy>,
    faults: Data<Faults>,
}

pub struct NationalProvider {
    pub issuer: String,
    pub client_id: String,
    pub client_secret: String,
    pub address: SocketAddr,
    inner: Data<National>,
    faults: Data<Faults>,
}

pub struct AgencySite {
    pub url: String,
    /// The agency's slug.
    pub slug: &'static str,
    pub name_zh: &'static str,
    pub name_en: &'static str,
    pub redirect_uri: String,
    pub post_logout_redirect_uri: String,
    pub backchannel_logout_uri: String,
    pub address: SocketAddr,
    inner: Data<Site>,
}

pub struct PostBox {
    pub url: String,
    /// Where text messages are ordered, and the key for it.
    pub sms_url: String,
    /// Two that carry notices to apps and have no package, with the key of the SMS provider.
    pub app_urls: [String; 2],
    pub sms_key: String,
    /// The key by which it proves what it reports.
    pub reports_key: String,
    pub smtp: SocketAddr,
    pub address: SocketAddr,
    inner: Data<Box_>,
    faults: Data<Faults>,
}

/// Starts the sandbox. It ends with [`Running::stop`].
pub async fn start(options: Options) -> Result<Running, StartError> {
    // An error says that a provider is there already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let cast = Cast::from_seed(options.seed);
    let http = dialer()?;
    let mut servers = Vec::new();
    let register = register(&options, &cast, http.clone(), &mut servers)?;
    let national = national(&options, &cast, &mut servers)?;
    let library = site(LIBRARY, options.ports.library, &options, &http, &mut servers)?;
    let museum = site(MUSEUM, options.ports.museum, &options, &http, &mut servers)?;
    let city_pay = city_pay(&options, &http, &mut servers)?;
    let (post_box, mail) = post_box(&options, http.clone(), &mut servers)?;
    let carriers = text_carriers(&options, &http, &post_box, &mut servers)?;
    let carrying = carriers.iter().map(|carrier| carrier.inner.clone()).collect();
    let telling = tokio::spawn(tell_again(city_pay.inner.clone(), carrying));
    Ok(Running {
        cast,
        register,
        national,
        library,
        museum,
        post_box,
        city_pay,
        carriers,
        servers,
        mail,
        telling,
    })
}

/// Sites call only the portal and are sent nowhere else by its answers.
#[expect(clippy::disallowed_methods, reason = "a program of its own has a client of its own")]
pub(crate) fn dialer() -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .timeout(PATIENCE)
        .build()
}

fn register(
    options: &Options,
    cast: &Cast,
    http: reqwest::Client,
    servers: &mut Vec<Server>,
) -> Result<PopulationRegister, StartError> {
    let door = Door::open(options.ports.register)?;
    let (url, address, faults) = (door.url(), door.address, Data::new(Faults::default()));
    let key = options.secret.word("register/key");
    let vouched = Data::new(Vouched::new(REGISTER, http));
    let (people, gate) = (cast.register.clone(), Gate::new(key.clone()));
    let understudy = Data::new(Understudy::default());
    let (knows, plays) = (vouched.clone(), understudy.clone());
    let inner = Data::new(Register::new(people, gate, knows, plays, options.clock.clone()));
    servers.push(serve(door, faults.clone(), move |app| Register::mount(app, inner.clone()))?);
    Ok(PopulationRegister { url, key, address, vouched, understudy, faults })
}

fn national(
    options: &Options,
    cast: &Cast,
    servers: &mut Vec<Server>,
) -> Result<NationalProvider, StartError> {
    let door = Door::open(options.ports.national)?;
    let (issuer, address, faults) = (door.url(), door.address, Data::new(Faults::default()));
    let national = National::new(
        issuer.clone(),
        &options.secret,
        &cast.register,
        options.clock.clone(),
        faults.clone(),
    )?;
    let client = NationalClient {
        id: "yunzhou-portal".to_owned(),
        secret: options.secret.word("national/client"),
        redirect_uris: options.national_redirects.clone(),
    };
    national.admit(client.clone());
    let inner = Data::new(national);
    let mounted = inner.clone();
    servers.push(serve(door, faults.clone(), move |app| National::mount(app, mounted.clone()))?);
    Ok(NationalProvider {
        issuer,
        client_id: client.id,
        client_secret: client.secret,
        address,
        inner,
        faults,
    })
}

fn site(
    face: Face,
    port: u16,
    options: &Options,
    http: &reqwest::Client,
    servers: &mut Vec<Server>,
) -> Result<AgencySite, StartError> {
    let door = Door::open(port)?;
    let (url, address) = (door.url(), door.address);
    let inner =
        Data::new(Site::new(face, url.clone(), &options.secret, options.clock.clone(), http.clone())?);
    let mounted = inner.clone();
    servers.push(serve(door, Data::new(Faults::default()), move |app| Site::mount(app, mounted.clone()))?);
    Ok(AgencySite {
        slug: face.slug,
        name_zh: face.name_zh,
        name_en: face.name_en,
        redirect_uri: inner.callback(),
        post_logout_redirect_uri: format!("{url}/signed-out"),
        backchannel_logout_uri: format!("{url}/backchannel-logout"),
        url,
        address,
        inner,
    })
}

/// What a provider could not tell it tells again; what carriers have to tell they tell now and then.
async fn tell_again(till: Data<Till>, carriers: Vec<Data<Carrier>>) {
    let mut times = tokio::time::interval(TELL_AGAIN);
    times.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        times.tick().await;
        till.tell().await;
        for carrier in &carriers {
            carrier.tell().await;
        }
    }
}

fn city_pay(
    options: &Options,
    http: &reqwest::Client,
    servers: &mut Vec<Server>,
) -> Result<CityPay, StartError> {
    let door = Door::open(options.ports.city_pay)?;
    let (url, address, faults) = (door.url(), door.address, Data::new(Faults::default()));
    let own = (options.clock.clone(), http.clone());
    let till = Till::new(url.clone(), &options.secret, own, faults.clone(), options.books.clone());
    let (key, event_key) = Till::keys(&options.secret);
    let names = (till::KEYS.0.to_owned(), till::KEYS.1.to_owned());
    let secrets = BTreeMap::from([(names.0, key), (names.1, event_key)]);
    let inner = Data::new(till);
    let mounted = inner.clone();
    servers.push(serve(door, faults.clone(), move |app| Till::mount(app, mounted.clone()))?);
    Ok(CityPay { url, slug: till::SLUG, secrets, address, inner, faults })
}

fn text_carriers(
    options: &Options,
    http: &reqwest::Client,
    post_box: &PostBox,
    servers: &mut Vec<Server>,
) -> Result<[TextCarrier; 3], StartError> {
    let own = (&options.secret, &options.clock, http);
    let Ports { city_messenger, pigeon_text, city_bell, .. } = options.ports;
    let lies_in = || post_box.inner.clone();
    Ok([
        TextCarrier::open(carriers::MESSENGER, city_messenger, own, lies_in(), servers)?,
        TextCarrier::open(carriers::PIGEON, pigeon_text, own, lies_in(), servers)?,
        TextCarrier::open(carriers::BELL, city_bell, own, lies_in(), servers)?,
    ])
}

impl CityPay {
    /// The payment provider alone, on the runtime that calls. It ends with what is handed back beside it.
    pub fn alone(secret: &Secret, clock: &Clock) -> Result<(Self, AloneServers), StartError> {
        // An error says that a provider is there already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let options = Options {
            seed: 1,
            secret: secret.clone(),
            clock: clock.clone(),
            ports: Ports::default(),
            national_redirects: Vec::new(),
            books: None,
        };
        let mut servers = Vec::new();
        let till = city_pay(&options, &dialer()?, &mut servers)?;
        Ok((till, AloneServers(servers)))
    }

    /// From now on the portal at this address is told what happens.
    pub fn expect(&self, origin: &str) {
        self.inner.expect(origin);
    }

    pub fn fail(&self, fault: Fault) {
        self.faults.set(fault);
    }

    /// Tells what was not told yet.
    pub async fn tell(&self) {
        self.inner.tell().await;
    }

    /// What it holds for each order, in fen.
    pub fn balance(&self) -> BTreeMap<String, i64> {
        self.inner.balance()
    }
}

fn post_box(
    options: &Options,
    http: reqwest::Client,
    servers: &mut Vec<Server>,
) -> Result<(PostBox, JoinHandle<()>), StartError> {
    let (door, mail_door) = (Door::open(options.ports.post_box)?, Door::open(options.ports.smtp)?);
    let (url, address, faults) = (door.url(), door.address, Data::new(Faults::default()));
    let sms_key = options.secret.word("sms/key");
    let reports_key = options.secret.word("sms/reports");
    let inner = Data::new(Box_::new(options.clock.clone(), sms_key.clone(), http));
    let smtp = mail_door.address;
    let mail = smtp::listen(mail_door.listener, Arc::clone(&inner.clone().into_inner()))?;
    let mounted = inner.clone();
    servers.push(serve(door, faults.clone(), move |app| Box_::mount(app, mounted.clone()))?);
    let sms_url = format!("{url}/v1/messages");
    let app_urls = ["one", "two"].map(|carrier| format!("{url}/v1/apps/{carrier}/messages"));
    Ok((PostBox { url, sms_url, app_urls, sms_key, reports_key, smtp, address, inner, faults }, mail))
}

impl Running {
    /// Where everything listens, to be asked for again next time.
    pub fn ports(&self) -> Ports {
        Ports {
            register: self.register.address.port(),
            national: self.national.address.port(),
            library: self.library.address.port(),
            museum: self.museum.address.port(),
            post_box: self.post_box.address.port(),
            smtp: self.post_box.smtp.port(),
            city_pay: self.city_pay.address.port(),
            city_messenger: self.carriers[0].address.port(),
            pigeon_text: self.carriers[1].address.port(),
            city_bell: self.carriers[2].address.port(),
        }
    }

    pub async fn stop(self) {
        self.mail.abort();
        self.telling.abort();
        for server in self.servers {
            server.stop().await;
        }
    }
}

impl PopulationRegister {
    /// Makes the portal of this address known: from now on it has to vouch for every question about a person.
    pub fn expect(&self, issuer: &str) {
        self.vouched.expect(issuer);
    }

    /// Lets the backend of the register's own office answer whatever else is asked here.
    pub fn engage(&self, backend: &Backend) {
        self.understudy.engage(&backend.player);
    }

    pub fn fail(&self, fault: Fault) {
        self.faults.set(fault);
    }
}

impl NationalProvider {
    pub fn fail(&self, fault: Fault) {
        self.faults.set(fault);
    }

    /// Lets a client ask from now on, such as a portal whose address was not known before.
    pub fn admit(&self, client: NationalClient) {
        self.inner.admit(client);
    }

    /// Lets the portal be answered at this address.
    pub fn answer_to(&self, redirect_uri: &str) {
        self.admit(NationalClient {
            id: self.client_id.clone(),
            secret: self.client_secret.clone(),
            redirect_uris: vec![redirect_uri.to_owned()],
        });
    }
}

impl AgencySite {
    /// The secret it proves itself with; a site that signs has none.
    pub fn secret(&self) -> Option<&str> {
        (self.inner.face.proof == Proof::Secret).then_some(self.inner.secret.as_str())
    }

    /// The public keys of a site that signs.
    pub fn public_keys(&self) -> Option<Value> {
        (self.inner.face.proof == Proof::Signature).then(|| json!({ "keys": [self.inner.key.public()] }))
    }

    /// The site's registration with the portal: the issuer of its tokens, and the site's id there.
    pub fn join(&self, issuer: &str, client_id: &str) {
        self.inner.join(issuer.to_owned(), client_id.to_owned());
    }
}

impl PostBox {
    /// Messages to someone, or to everyone, newest first.
    pub fn messages(&self, to: Option<&str>) -> Vec<Message> {
        self.inner.messages(to)
    }

    /// From now on the SMS provider says there what became of messages.
    pub fn report_to(&self, address: &str) {
        self.inner.report_to(address.to_owned(), self.reports_key.clone());
    }

    /// Shows the codes of somebody's authenticator app, whose secret is given as such apps take it.
    pub fn carry(&self, name: &str, login: &str, secret: &str) {
        self.inner.carry(name, login, secret);
    }

    pub fn fail(&self, fault: Fault) {
        self.faults.set(fault);
    }
}
