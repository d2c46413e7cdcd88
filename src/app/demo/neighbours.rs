//! The sandbox beside a demo city: starting it, and telling portal and sandbox about each other by the same means
//! that a real operator and real agencies have: settings, bindings, registrations.

use std::{collections::BTreeMap, path::Path};

use yimen_contract::Bilingual;
use yimen_sandbox::{AgencySite, Clock as SandboxClock, Options, Running, start};

use super::notebook::Notebook;
use crate::{
    agencies::{
        bindings::{self, BindingError, Proposal},
        clients::{self, AuthMethod, ClientError, NewClient},
    },
    app::{Portal, commands::Outcome},
    platform::Clock,
};

/// The provider's name in our addresses.
const NATIONAL: &str = "national";
/// What the payment provider keeps from one start to the next, in the city's folder.
const BOOKS: &str = "city-pay.json";
/// Nobody binds an agency alone, not even here.
pub(super) const OPERATORS: (&str, &str) = ("demo", "demo review");
/// The agency whose backend is the population register, and the secret its package names.
pub(super) const REGISTER: (&str, &str) = ("household-registration", "hmac-key");

/// Starts the sandbox where it was last time, as far as the ports are free.
pub(super) async fn open(notebook: &mut Notebook, clock: &Clock, data: &Path) -> Result<Running, Outcome> {
    let asked = clock.clone();
    let options = Options {
        seed: notebook.seed,
        secret: notebook.secret()?,
        clock: SandboxClock::asking(move || asked.now()),
        ports: notebook.ports,
        national_redirects: Vec::new(),
        books: Some(data.join(BOOKS)),
    };
    let running = start(options).await.map_err(Outcome::unavailable)?;
    notebook.ports = running.ports();
    Ok(running)
}

/// How the portal reaches mail server, carriers and national provider. Text messages go by packages, whose addresses are bound, and so
/// do notices to apps; what their carrier does not take goes to a plain address.
pub(super) fn settings(running: &Running) -> String {
    let (post_box, national) = (&running.post_box, &running.national);
    format!(
        "# Written by `yimen demo` at every start: where its sandbox listens.\n\n\
         [smtp]\nserver = \"{smtp}\"\nsecurity = \"plain\"\nfrom = \"云州市政务服务 <no-reply@yunzhou.example>\"\n\n\
         [sms]\ncarrier = \"{first}\"\nreports_key = \"{reports_key}\"\n\n\
         [sms_second]\ncarrier = \"{second}\"\n\n\
         [app]\ncarrier = \"{to_apps}\"\n\n\
         [app_second]\naddress = \"{app_second}\"\nkey = \"{sms_key}\"\nsender = \"yunzhou\"\n\n\
         [outlets]\nwebhooks = true\npush_contact = \"mailto:operator@yunzhou.example\"\n\n\
         [[national]]\nid = \"{NATIONAL}\"\nname_zh = \"国家身份认证（模拟）\"\n\
         name_en = \"the national identity service (simulated)\"\nissuer = \"{issuer}\"\nclient_id = \"{client}\"\n\
         client_secret = \"{secret}\"\nscopes = [\"profile\"]\nlevel = 4\nallow_http_loopback = true\n",
        smtp = post_box.smtp,
        first = running.carriers[0].slug,
        second = running.carriers[1].slug,
        to_apps = running.carriers[2].slug,
        app_second = post_box.app_urls[1],
        sms_key = post_box.sms_key,
        reports_key = post_box.reports_key,
        issuer = national.issuer,
        client = national.client_id,
        secret = national.client_secret,
    )
}

/// Binds the addresses of the agencies' sites and registers them.
pub(super) async fn introduce(portal: &Portal, running: &Running) -> Result<(), Outcome> {
    let site = &portal.site;
    let origin = portal.public_url.as_str().trim_end_matches('/').to_owned();
    running.national.answer_to(&format!("{origin}/sign-in/with/{NATIONAL}/back"));

    running.post_box.report_to(&format!("{origin}/api/v1/channels/sms/reports"));
    running.register.expect(&origin);
    let mut proposals = Vec::new();
    for neighbour in [&running.library, &running.museum] {
        let agency = neighbour.slug.to_owned();
        proposals.push(Proposal { agency, address: neighbour.url.clone(), secrets: BTreeMap::new() });
    }
    let till = &running.city_pay;
    till.expect(&origin);
    let agency = till.slug.to_owned();
    proposals.push(Proposal { agency, address: till.url.clone(), secrets: till.secrets.clone() });
    for carrier in &running.carriers {
        carrier.expect(&origin);
        let (agency, address) = (carrier.slug.to_owned(), carrier.url.clone());
        proposals.push(Proposal { agency, address, secrets: carrier.secrets.clone() });
    }
    let (ring, now) = (site.keys.clone(), site.clock.now());
    site.db
        .tx(move |c| {
            proposals.iter().try_for_each(|proposal| bindings::bind(c, &ring, now, proposal, OPERATORS))
        })
        .await
        .map_err(|error: BindingError| Outcome::unavailable(error))?;

    for neighbour in [&running.library, &running.museum] {
        let new = registration(neighbour);
        let allowed = site.allowed.clone();
        let client = site.db.tx(move |c| clients::ensure(c, now, &allowed, &new)).await;
        let client = client.map_err(|error: ClientError| Outcome::unavailable(error))?;
        neighbour.join(&origin, &client.id.to_string());
    }
    Ok(())
}

fn registration(neighbour: &AgencySite) -> NewClient {
    let keys = neighbour.public_keys();
    NewClient {
        agency: neighbour.slug.to_owned(),
        name: Bilingual::new(neighbour.name_zh, neighbour.name_en),
        sector: None,
        redirect_uris: vec![neighbour.redirect_uri.clone()],
        post_logout_redirect_uris: vec![neighbour.post_logout_redirect_uri.clone()],
        backchannel_logout_uri: Some(neighbour.backchannel_logout_uri.clone()),
        auth: if keys.is_some() { AuthMethod::PrivateKeyJwt } else { AuthMethod::ClientSecretBasic },
        jwks: keys,
        scopes: vec!["profile".to_owned()],
        par_required: false,
        secret: neighbour.secret().map(str::to_owned),
    }
}
