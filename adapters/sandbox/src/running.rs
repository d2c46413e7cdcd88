//! Starting everything, and what a portal's operator would have to be told about it.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use actix_web::web::Data;
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use crate::{
    assertion::Vouched,
    faults::{Fault, Faults},
    key::KeyError,
    national::{National, NationalClient},
    options::{Options, Ports},
    people::Cast,
    postbox::{Message, PostBox as Box_, smtp},
    register::Register,
    server::{Door, Server, serve},
    signature::Gate,
    site::{Face, LIBRARY, MUSEUM, Proof, Site},
};

/// The agency whose backend the population register is.
const REGISTER: &str = "household-registration";
/// How long a site waits for the portal.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("the sandbox cannot listen: {0}")]
    Listen(#[from] io::Error),
    #[error("the sandbox cannot make its keys: {0}")]
    Key(#[from] KeyError),
    #[error("the sandbox cannot call anyone: {0}")]
    Client(#[from] reqwest::Error),
}

/// The sandbox at work.
pub struct Running {
    pub cast: Cast,
    pub register: PopulationRegister,
    pub national: NationalProvider,
    pub library: AgencySite,
    pub museum: AgencySite,
    pub post_box: PostBox,
    servers: Vec<Server>,
    mail: JoinHandle<()>,
}

pub struct PopulationRegister {
    pub url: String,
    /// Signs requests to it.
    pub key: String,
    pub address: SocketAddr,
    vouched: Data<Vouched>,
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
    pub sms_key: String,
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
    let (post_box, mail) = post_box(&options, http, &mut servers)?;
    Ok(Running { cast, register, national, library, museum, post_box, servers, mail })
}

/// Sites call only the portal and are sent nowhere else by its answers.
#[expect(clippy::disallowed_methods, reason = "a program of its own has a client of its own")]
fn dialer() -> Result<reqwest::Client, reqwest::Error> {
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
    let inner = Data::new(Register::new(people, gate, vouched.clone(), options.clock.clone()));
    servers.push(serve(door, faults.clone(), move |app| Register::mount(app, inner.clone()))?);
    Ok(PopulationRegister { url, key, address, vouched, faults })
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

fn post_box(
    options: &Options,
    http: reqwest::Client,
    servers: &mut Vec<Server>,
) -> Result<(PostBox, JoinHandle<()>), StartError> {
    let (door, mail_door) = (Door::open(options.ports.post_box)?, Door::open(options.ports.smtp)?);
    let (url, address, faults) = (door.url(), door.address, Data::new(Faults::default()));
    let sms_key = options.secret.word("sms/key");
    let inner = Data::new(Box_::new(options.clock.clone(), sms_key.clone(), http));
    let smtp = mail_door.address;
    let mail = smtp::listen(mail_door.listener, Arc::clone(&inner.clone().into_inner()))?;
    let mounted = inner.clone();
    servers.push(serve(door, faults.clone(), move |app| Box_::mount(app, mounted.clone()))?);
    let sms_url = format!("{url}/v1/messages");
    Ok((PostBox { url, sms_url, sms_key, smtp, address, inner, faults }, mail))
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
        }
    }

    pub async fn stop(self) {
        self.mail.abort();
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

    /// Shows the codes of somebody's authenticator app, whose secret is given as such apps take it.
    pub fn carry(&self, name: &str, login: &str, secret: &str) {
        self.inner.carry(name, login, secret);
    }

    pub fn fail(&self, fault: Fault) {
        self.faults.set(fault);
    }
}
