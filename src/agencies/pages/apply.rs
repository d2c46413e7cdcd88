//! `/agency/apply`: applying for an agency, with what entitles it.

use actix_web::{Either, HttpRequest, HttpResponse, web::Data};
use yimen_contract::{credit, shape};

use super::{Reader, outcome, shown, step};
use crate::{
    accounts::staff::Act,
    agencies::{
        CITY_SLUG,
        releases::{self, NewApplication, ReleaseError},
        views::words::kind_name,
    },
    platform::Texts,
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Choice, Field, Input, StepView},
        query, see_other,
    },
};

const KINDS: [&str; 6] = ["dept", "centre", "hospital", "court", "utility", "federation"];

pub async fn apply_page(visitor: Visitor, site: Data<Site>, request: HttpRequest) -> Result<Page, Failure> {
    let reader = integrator(&visitor, &site).await?;
    let own = reader.member.branch();
    let slug = query(&request, "slug").unwrap_or_else(|| own.last().to_owned());
    let typed = NewApplication { slug, ..NewApplication::default() };
    shown(&view(&visitor, &site, &typed)?)
}

async fn integrator(visitor: &Visitor, site: &Site) -> Result<Reader, Failure> {
    let reader = Reader::of(visitor, site).await?;
    if reader.allowed_here(Act::Integrate) { Ok(reader) } else { Err(Failure::Refused) }
}

fn view(visitor: &Visitor, site: &Site, typed: &NewApplication) -> Result<StepView, Failure> {
    let t = visitor.texts();
    let mut view = step(visitor, site, "/agency/apply", t.pkg_apply())?;
    view.lead = vec![t.pkg_apply_lead().to_owned()];
    view.inputs = inputs(t, typed);
    t.pkg_apply_submit().clone_into(&mut view.submit);
    Ok(view)
}

fn inputs(t: Texts, typed: &NewApplication) -> Vec<Input> {
    let needed = |name: &'static str, label: &str, value: &str| Field {
        required: true,
        ..Field::new(name, label).value(value)
    };
    let kinds = KINDS.map(|kind| Choice::new(kind, kind_name(t, kind), typed.kind == kind));
    vec![
        Input::new("text", needed("slug", t.pkg_apply_slug(), &typed.slug).hint(t.pkg_apply_slug_hint())),
        Input::new("text", needed("name_zh", t.pkg_apply_name_zh(), &typed.name_zh)),
        Input::new("text", needed("name_en", t.pkg_apply_name_en(), &typed.name_en)),
        Input::new(
            "radio",
            Field { required: true, ..Field::new("kind", t.pkg_kind()).choices(kinds.to_vec()) },
        ),
        Input::new("text", needed("credit_code", t.pkg_credit_code(), &typed.credit_code)),
        Input::new(
            "text",
            needed("contact", t.pkg_contact(), &typed.contact).hint(t.pkg_apply_contact_hint()),
        ),
        Input::new(
            "long",
            needed("document", t.pkg_document(), &typed.document).hint(t.pkg_apply_document_hint()),
        ),
        Input::new("text", needed("reference", t.pkg_reference(), &typed.reference)),
    ]
}

/// `POST /agency/apply`
pub async fn apply(
    visitor: Visitor,
    site: Data<Site>,
    form: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let reader = integrator(&visitor, &site).await?;
    let new = read(&form);
    let mut view = view(&visitor, &site, &new)?;
    if mistakes(visitor.texts(), &reader, &new, &mut view) {
        return Ok(Either::Right(shown(&view)?));
    }
    let (now, by, slug) = (site.clock.now(), reader.by(), new.slug.clone());
    let applied = site.db.tx(move |c| releases::apply(c, now, &new, &by).map(|_| ())).await;
    // Of two who apply at once one does.
    let applied = applied.map_err(|error| match error {
        ReleaseError::Db(crate::db::DbError::Conflict(_)) => ReleaseError::AppliedAlready,
        other => other,
    });
    let word = outcome::said(applied, "applied")?;
    Ok(Either::Left(see_other(&format!("/agency/packages/{slug}?said={word}"))))
}

fn read(form: &Submitted) -> NewApplication {
    let text = |name: &str| form.get(name).chars().take(300).collect::<String>();
    NewApplication {
        slug: text("slug"),
        name_zh: text("name_zh"),
        name_en: text("name_en"),
        kind: text("kind"),
        credit_code: text("credit_code").to_uppercase(),
        contact: text("contact"),
        document: text("document"),
        reference: text("reference"),
    }
}

/// Says beside each field what is wrong with it. `true`: something is.
fn mistakes(t: Texts, reader: &Reader, new: &NewApplication, view: &mut StepView) -> bool {
    let own = shape::is_slug(&new.slug) && new.slug != CITY_SLUG && reader.may(Act::Integrate, &new.slug);
    for input in &mut view.inputs {
        let wrong = match &*input.field.name {
            "slug" => (!own).then(|| t.pkg_apply_wrong_slug()),
            "kind" => (!KINDS.contains(&new.kind.as_str())).then(|| t.form_choose_one()),
            "credit_code" => (!credit::is_valid(&new.credit_code)).then(|| t.pkg_apply_wrong_credit()),
            _ => input.field.value.is_empty().then(|| t.pkg_apply_wrong_empty()),
        };
        input.field.error = wrong.map(str::to_owned);
    }
    view.is_wrong()
}
