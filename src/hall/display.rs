//! `/display`: language, text size and appearance in one form, for those who prefer it to the links.

use actix_web::{Either, HttpRequest, HttpResponse, web::Data};

use super::views::DisplayView;
use crate::{
    platform::Lang,
    web::{
        self, Failure, Page, Site, Submitted, Visitor,
        frame::{Field, Theme},
        query, see_other,
    },
};

pub async fn display(visitor: Visitor, site: Data<Site>, request: HttpRequest) -> Result<Page, Failure> {
    let back = own_path(query(&request, "back").as_deref());
    let mut view = DisplayView::new(visitor.frame(), visitor.form_token(&site)?, back);
    view.saved = query(&request, "saved").is_some();
    Page::new(&view)
}

/// `POST /display`. The choice is carried out by the page that follows, the way the links do it.
pub async fn set_display(
    visitor: Visitor,
    site: Data<Site>,
    form: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let t = visitor.texts();
    let back = own_path(Some(form.get("back")));
    let mut view = DisplayView::new(visitor.frame(), visitor.form_token(&site)?, back.clone());
    let known = |field: &Field, value: &str| field.choices.iter().any(|choice| choice.value == value);
    for field in [&mut view.lang, &mut view.size, &mut view.theme] {
        let given = form.get(&field.name);
        if !known(field, given) {
            field.error = Some(t.form_choose_one().to_owned());
        }
        // What was chosen stays chosen, also beside a mistake.
        for choice in &mut field.choices {
            choice.chosen = choice.value == given;
        }
    }
    if !view.mistakes().is_empty() {
        let page = Page::new(&view)?.status(actix_web::http::StatusCode::UNPROCESSABLE_ENTITY);
        return Ok(Either::Right(page));
    }
    let lang = form.get("lang").parse::<Lang>().unwrap_or_default().tag();
    let theme = Theme::named(form.get("theme")).unwrap_or_default().tag();
    let mode = if form.get("mode") == "large" { "large" } else { "normal" };
    let joint = if back.contains('?') { '&' } else { '?' };
    Ok(Either::Left(see_other(&format!("{back}{joint}lang={lang}&mode={mode}&theme={theme}"))))
}

/// A path of this portal to go back to; anything that could lead elsewhere becomes this page.
fn own_path(asked: Option<&str>) -> String {
    const HERE: &str = "/display?saved=1";
    asked.and_then(web::own_path).unwrap_or(HERE).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_site() {
        assert_eq!(own_path(Some("/services/YZ02022?x=1")), "/services/YZ02022?x=1");
        for bad in
            ["//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nSet-Cookie: b", "", "evil"]
        {
            assert_eq!(own_path(Some(bad)), "/display?saved=1", "{bad}");
        }
    }
}
