//! Where a person says who they are and what may be told about them.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Form},
};
use askama::Template;
use serde::Deserialize;

use super::{Granted, National, ask::Refused};
use crate::{chance, language::Language, server};

/// How long a code can be exchanged.
const CODE_SECONDS: i64 = 60;

#[derive(Template)]
#[template(path = "national.html")]
struct AskView<'a> {
    language: Language,
    client: &'a str,
    /// The request, to be read again with the answer.
    query: &'a str,
    people: Vec<(usize, &'a str, String)>,
    /// Name and number were asked for.
    profile: bool,
    /// Nobody was chosen.
    missing: bool,
}

#[derive(Template)]
#[template(path = "national_refused.html")]
struct RefusedView {
    language: Language,
    reason: &'static str,
}

#[derive(Deserialize)]
pub struct Answer {
    query: String,
    person: Option<usize>,
    #[serde(default)]
    show: String,
    #[serde(default)]
    decision: String,
}

pub async fn ask(national: Data<National>, request: HttpRequest) -> HttpResponse {
    show(&national, &request, request.query_string(), false)
}

pub async fn answer(
    national: Data<National>,
    request: HttpRequest,
    answer: Form<Answer>,
) -> Result<HttpResponse, server::Broken> {
    let ask = match national.read(&answer.query) {
        Ok(ask) => ask,
        Err(refused) => return Ok(refused.response(&request)),
    };
    if answer.decision != "confirm" {
        return Ok(national.send_back(&ask, &[("error", "access_denied")]));
    }
    let Some(person) = answer.person.and_then(|at| national.people.get(at)) else {
        return Ok(show(&national, &request, &answer.query, true));
    };
    let now = national.clock.seconds();
    let code = chance::word()?;
    let granted = Granted {
        client: ask.client.id.clone(),
        redirect_uri: ask.redirect_uri.to_string(),
        challenge: ask.challenge.clone(),
        nonce: ask.nonce.clone(),
        person: person.clone(),
        named: ask.profile && answer.show == "name",
        at: now,
        until: now + CODE_SECONDS,
    };
    national.state().granted.insert(code.clone(), granted);
    Ok(national.send_back(&ask, &[("code", &code)]))
}

fn show(national: &National, request: &HttpRequest, query: &str, missing: bool) -> HttpResponse {
    let ask = match national.read(query) {
        Ok(ask) => ask,
        Err(refused) => return refused.response(request),
    };
    let people = national.people.iter().enumerate();
    let view = AskView {
        language: Language::of(request),
        client: &ask.client.id,
        query,
        people: people
            .map(|(at, person)| (at, person.name.as_str(), covered(&person.identity_number)))
            .collect(),
        profile: ask.profile,
        missing,
    };
    let status = if missing { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    server::page(status, &view)
}

/// First three and last two: enough to tell people of one name apart.
fn covered(number: &str) -> String {
    let (first, last) = (number.get(..3).unwrap_or_default(), number.get(16..).unwrap_or_default());
    format!("{first}*************{last}")
}

impl Refused {
    fn response(self, request: &HttpRequest) -> HttpResponse {
        match self {
            Self::There(response) => *response,
            Self::Here(reason) => {
                let view = RefusedView { language: Language::of(request), reason };
                server::page(StatusCode::BAD_REQUEST, &view)
            }
        }
    }
}
