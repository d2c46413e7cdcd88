//! `/agency/sites/new`: registering a site. Somebody else approves it.

use actix_web::web::Data;
use yimen_contract::Bilingual;

use super::{Reader, shown, sites::failure, step};
use crate::{
    accounts::staff::Act,
    agencies::{
        self, CITY_SLUG,
        clients::{self, AuthMethod, ClientError, Mistake, NewClient, SCOPES},
        views::{SiteView, auth_name, problem, scope_name, state_name},
    },
    platform::Texts,
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Choice, Field, Input, StepView},
    },
};

pub async fn new_site(visitor: Visitor, site: Data<Site>) -> Result<Page, Failure> {
    let reader = Reader::of(&visitor, &site).await?;
    shown(&view(&visitor, &site, &reader, &Submitted::default()).await?)
}

/// The form with what was typed in it.
async fn view(
    visitor: &Visitor,
    site: &Site,
    reader: &Reader,
    form: &Submitted,
) -> Result<StepView, Failure> {
    let t = visitor.texts();
    let packages = site.db.read(agencies::list).await?;
    let own: Vec<_> = packages
        .into_iter()
        .map(|row| row.slug)
        .filter(|slug| slug != CITY_SLUG && reader.may(Act::Integrate, slug))
        .collect();
    if own.is_empty() {
        return Err(Failure::Refused);
    }
    let only = own.len() == 1;
    let agency = own.into_iter().map(|slug| {
        let chosen = only || form.get("agency") == slug;
        Choice::new(slug.clone(), slug, chosen)
    });
    let mut view = step(visitor, site, "/agency/sites/new", t.site_new_title())?;
    view.lead = vec![t.site_new_lead().to_owned()];
    view.inputs = vec![Input::new(
        "radio",
        Field { required: true, ..Field::new("agency", t.site_agency()).choices(agency.collect()) },
    )];
    view.inputs.extend(words(t, form));
    view.inputs.extend(proofs(t, form));
    t.site_new_submit().clone_into(&mut view.submit);
    Ok(view)
}

/// Names and addresses.
fn words(t: Texts, form: &Submitted) -> Vec<Input> {
    let typed = |field: Field| {
        let value = form.get(&field.name).to_owned();
        field.value(value)
    };
    let needed = |field: Field| Field { required: true, ..field };
    vec![
        Input::new("text", typed(needed(Field::new("name_zh", t.site_name_zh())))),
        Input::new("text", typed(needed(Field::new("name_en", t.site_name_en())))),
        Input::new(
            "long",
            typed(needed(Field::new("redirect_uris", t.site_back()).hint(t.site_back_hint()))),
        ),
        Input::new(
            "long",
            typed(Field::new("post_logout_redirect_uris", t.site_leave()).hint(t.site_leave_hint())),
        ),
        Input::new(
            "text",
            typed(Field::new("backchannel_logout_uri", t.site_told()).hint(t.site_told_hint())),
        ),
        Input::new("text", typed(Field::new("sector", t.site_sector()).hint(t.site_sector_hint()))),
    ]
}

/// How the site proves itself, and what it may ask for.
fn proofs(t: Texts, form: &Submitted) -> Vec<Input> {
    let ways = AuthMethod::ALL.map(|way| {
        let tag = way.tag();
        Choice::new(tag, auth_name(t, way), form.get("auth") == tag)
    });
    let scopes = SCOPES
        .map(|scope| Choice::new(scope, scope_name(t, scope), form.all("scopes").any(|it| it == scope)));
    let pushed = Choice::new("yes", t.site_par_yes(), form.get("par_required") == "yes");
    let mut auth = Field::new("auth", t.site_auth()).choices(ways.to_vec());
    auth.required = true;
    vec![
        Input::new("radio", auth),
        Input::new(
            "long",
            Field::new("jwks", t.site_keys()).hint(t.site_keys_hint()).value(form.get("jwks")),
        ),
        Input::new("checkbox", Field::new("scopes", t.site_scopes()).choices(scopes.to_vec())),
        Input::new("checkbox", Field::new("par_required", t.site_par()).choices(vec![pushed])),
    ]
}

/// The addresses of a field, one a line.
fn lines(form: &Submitted, field: &str) -> Vec<String> {
    form.get(field).lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// What was typed as a registration, or the field that cannot be read.
fn read(form: &Submitted) -> Result<NewClient, &'static str> {
    let given = |field: &str| Some(form.get(field)).filter(|value| !value.is_empty()).map(str::to_owned);
    let auth = AuthMethod::ALL.into_iter().find(|way| way.tag() == form.get("auth")).ok_or("auth")?;
    let jwks = given("jwks").map(|keys| serde_json::from_str(&keys)).transpose().map_err(|_| "jwks")?;
    Ok(NewClient {
        agency: given("agency").ok_or("agency")?,
        name: Bilingual::new(form.get("name_zh"), form.get("name_en")),
        sector: given("sector"),
        redirect_uris: lines(form, "redirect_uris"),
        post_logout_redirect_uris: lines(form, "post_logout_redirect_uris"),
        backchannel_logout_uri: given("backchannel_logout_uri"),
        auth,
        jwks,
        scopes: form.all("scopes").map(str::to_owned).collect(),
        par_required: form.get("par_required") == "yes",
        secret: None,
    })
}

/// The secret is shown on the page itself, once: it stands nowhere, so there is no page to be led on to.
pub async fn register_site(visitor: Visitor, site: Data<Site>, form: Submitted) -> Result<Page, Failure> {
    let reader = Reader::of(&visitor, &site).await?;
    let t = visitor.texts();
    let mut view = view(&visitor, &site, &reader, &form).await?;
    let new = match read(&form) {
        Ok(new) if reader.may(Act::Integrate, &new.agency) => new,
        Ok(_) => return Err(Failure::Refused),
        Err(field) => {
            let words = if field == "jwks" { t.site_wrong_no_key_set() } else { t.form_choose_one() };
            wrong(&mut view, field, words);
            return shown(&view);
        }
    };
    let (now, by, allowed) = (site.clock.now(), reader.member.login.clone(), site.allowed.clone());
    match site.db.tx(move |c| clients::register(c, now, &allowed, &new, &by)).await {
        Ok(made) => Page::new(&SiteView {
            csrf: visitor.form_token(&site)?,
            said: Some(("ok", t.site_made())),
            secret: made.secret,
            state: state_name(t, made.client.state),
            approves: false,
            shut_above: false,
            acts: Vec::new(),
            shuts: false,
            client: made.client,
            frame: visitor.frame(),
        }),
        Err(ClientError::Refused(mistakes)) => {
            for mistake in &mistakes {
                tell(t, &mut view, mistake);
            }
            shown(&view)
        }
        Err(ClientError::NameTaken(_)) => {
            wrong(&mut view, "name_en", t.site_name_taken());
            shown(&view)
        }
        Err(error) => Err(failure(error)),
    }
}

fn tell(t: Texts, view: &mut StepView, mistake: &Mistake) {
    let words = problem(t, mistake.problem);
    let words =
        if mistake.about.is_empty() { words.to_owned() } else { format!("{} {words}", mistake.about) };
    wrong(view, mistake.field, &words);
}

/// Says beside a field what is wrong with it, after what was said before.
fn wrong(view: &mut StepView, name: &str, words: &str) {
    if let Some(input) = view.inputs.iter_mut().find(|input| input.field.name == name) {
        let before = input.field.error.take();
        input.field.error = Some(before.map_or(words.to_owned(), |before| format!("{before} {words}")));
    }
}
