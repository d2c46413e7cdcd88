//! `/admin/packages`: agencies that wait to be admitted, and versions that wait for review; `/admin/funnel`.

use std::{
    cmp::Reverse,
    collections::{BTreeSet, HashMap},
};

use actix_web::{
    Either, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use yimen_contract::Bilingual;

use super::{Reader, outcome, package::Answer};
use crate::{
    accounts::staff::{Act, record},
    agencies::{
        releases::{self, Application, ApplicationId, ReleaseError},
        views::{
            review::{ApplicationView, FunnelLine, FunnelView, QueueLine, QueueView},
            words::{kind_name, local, said},
        },
    },
    db::{Conn, DbError},
    platform::Texts,
    web::{
        Failure, Page, Part, Site, Submitted, Visitor,
        frame::{Choice, Field},
        query, see_other, sheet,
    },
};

const HERE: &str = "/admin/packages";
const AT_ONCE: usize = 50;

/// Whoever decides about what others hand in.
pub(super) async fn approver(visitor: &Visitor, site: &Site) -> Result<Reader, Failure> {
    let reader = Reader::of(visitor, site).await?;
    if reader.allowed_here(Act::Approve) { Ok(reader) } else { Err(Failure::Refused) }
}

/// In which order what waits is listed. A word that nobody knows asks for the usual.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Oldest,
    Newest,
    Agency,
}

impl Sort {
    const ALL: [Self; 3] = [Self::Oldest, Self::Newest, Self::Agency];

    fn named(tag: &str) -> Self {
        Self::ALL.into_iter().find(|sort| sort.tag() == tag).unwrap_or(Self::Oldest)
    }

    const fn tag(self) -> &'static str {
        match self {
            Self::Oldest => "oldest",
            Self::Newest => "newest",
            Self::Agency => "agency",
        }
    }

    fn field(self, t: Texts) -> Field {
        let words = [t.audit_oldest(), t.audit_newest(), t.quality_agency()];
        let choices = Self::ALL.into_iter().zip(words);
        let choices = choices.map(|(one, words)| Choice::new(one.tag(), words, one == self));
        Field::new("sort", t.audit_order()).choices(choices.collect())
    }

    fn apply(self, lines: &mut [QueueLine]) {
        match self {
            Self::Oldest => lines.sort_by_key(|line| line.at),
            Self::Newest => lines.sort_by_key(|line| Reverse(line.at)),
            Self::Agency => lines.sort_by(|one, other| one.slug.cmp(&other.slug)),
        }
    }
}

/// What is asked for. Words that nobody knows ask for everything.
struct Wanted {
    sort: Sort,
    /// Applications, or versions, or nothing: both.
    what: &'static str,
    agency: String,
}

const APPLICATIONS: &str = "applications";
const REVIEWS: &str = "reviews";

impl Wanted {
    fn of(asked: impl Fn(&str) -> String) -> Self {
        let what = asked("what");
        let what = [APPLICATIONS, REVIEWS].into_iter().find(|one| *one == what).unwrap_or_default();
        Self { sort: Sort::named(&asked("sort")), what, agency: asked("agency") }
    }

    fn pairs(&self) -> Vec<(&'static str, String)> {
        vec![
            ("what", self.what.to_owned()),
            ("agency", self.agency.clone()),
            ("sort", self.sort.tag().to_owned()),
        ]
    }

    fn fields(&self, t: Texts, agencies: &BTreeSet<String>) -> Vec<Field> {
        let kinds = [
            ("", t.quality_everything()),
            (APPLICATIONS, t.pkg_queue_applications()),
            (REVIEWS, t.pkg_queue_reviews()),
        ];
        let kinds = kinds.map(|(tag, words)| Choice::new(tag, words, tag == self.what));
        let every = Choice::new("", t.quality_everything(), !agencies.contains(&self.agency));
        let agency = |slug: &String| Choice::new(slug.as_str(), slug.as_str(), *slug == self.agency);
        let agencies = std::iter::once(every).chain(agencies.iter().map(agency)).collect();
        vec![
            Field::new("what", t.rules_state()).choices(kinds.into()),
            Field::new("agency", t.quality_agency()).choices(agencies),
            self.sort.field(t),
        ]
    }

    /// Leaves out what is not asked for. Of which agencies anything waits is known before.
    fn narrow(&self, waiting: &mut Waiting) {
        if self.what == REVIEWS {
            waiting.applications.clear();
        }
        if self.what == APPLICATIONS {
            waiting.reviews.clear();
        }
        if waiting.agencies.contains(&self.agency) {
            waiting.applications.retain(|line| line.slug == self.agency);
            waiting.reviews.retain(|line| line.slug == self.agency);
        }
    }
}

/// What waits for the reader.
struct Waiting {
    applications: Vec<QueueLine>,
    reviews: Vec<QueueLine>,
    /// Of which agencies.
    agencies: BTreeSet<String>,
}

/// Applications and versions that wait for the reader.
async fn waiting(site: &Site, t: Texts, reader: &Reader, wanted: &Wanted) -> Result<Waiting, Failure> {
    let read = |c: &mut Conn| {
        Ok::<_, DbError>((releases::waiting(c)?, releases::in_review(c)?, releases::admitted(c)?))
    };
    let (applications, reviews, admitted) = site.db.read(read).await?;
    let names: HashMap<String, Bilingual> =
        admitted.into_iter().map(|(slug, zh, en)| (slug, Bilingual::new(zh, en))).collect();
    let applications =
        applications.into_iter().filter(|one| reader.reviews(&one.slug)).map(|one| QueueLine {
            url: format!("/admin/packages/applications/{}", one.id),
            name: name(t, &one),
            by: one.applied_by.unwrap_or_default(),
            at: local(one.applied_at.moment()),
            slug: one.slug,
        });
    let reviews = reviews.into_iter().filter(|one| reader.reviews(&one.slug)).map(|one| QueueLine {
        url: format!("/admin/packages/{}/{}", one.slug, one.number),
        name: format!(
            "{} · {}",
            names.get(&one.slug).map_or(one.slug.as_str(), |name| t.say(name).text),
            t.pkg_version(one.number)
        ),
        by: one.uploaded_by,
        at: local(one.changed_at),
        slug: one.slug,
    });
    let (mut applications, mut reviews): (Vec<_>, Vec<_>) = (applications.collect(), reviews.collect());
    wanted.sort.apply(&mut applications);
    wanted.sort.apply(&mut reviews);
    let agencies = applications.iter().chain(&reviews).map(|line| line.slug.clone()).collect();
    let mut waiting = Waiting { applications, reviews, agencies };
    wanted.narrow(&mut waiting);
    Ok(waiting)
}

pub async fn queue(visitor: Visitor, site: Data<Site>, request: HttpRequest) -> Result<Page, Failure> {
    let reader = approver(&visitor, &site).await?;
    let (t, wanted) = (visitor.texts(), Wanted::of(|name| query(&request, name).unwrap_or_default()));
    let Waiting { applications, reviews, agencies } = waiting(&site, t, &reader, &wanted).await?;
    let (part, all, hidden) =
        (Part::asked(&request, AT_ONCE), applications.len() + reviews.len(), wanted.pairs());
    // One list in two sections: what does not fit under the first goes on under the second.
    let applications = applications.into_iter().map(|line| (true, line));
    let lines = part.of(applications.chain(reviews.into_iter().map(|line| (false, line))).collect());
    let (applications, reviews): (Vec<_>, Vec<_>) = lines.into_iter().partition(|(applies, _)| *applies);
    let bare = |lines: Vec<(bool, QueueLine)>| lines.into_iter().map(|(_, line)| line).collect::<Vec<_>>();
    Page::new(&QueueView {
        csrf: visitor.form_token(&site)?,
        said: query(&request, "said").and_then(|word| said(t, &word)),
        filters: wanted.fields(t, &agencies),
        all,
        pager: part.pager(all, HERE, &hidden),
        hidden,
        applications: bare(applications),
        reviews: bare(reviews),
        frame: visitor.frame(),
    })
}

/// `POST /admin/packages.csv`: the same list as a file. That somebody took it away is on record.
pub async fn export_queue(
    visitor: Visitor,
    site: Data<Site>,
    sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let reader = approver(&visitor, &site).await?;
    let (t, now, by) = (visitor.texts(), site.clock.now(), reader.member.id);
    let wanted = Wanted::of(|name| sent.get(name).to_owned());
    let Waiting { applications, reviews, .. } = waiting(&site, t, &reader, &wanted).await?;
    let detail = format!("packages: {}", applications.len() + reviews.len());
    site.db.tx(move |c: &mut Conn| record(c, now, Some(by), by, "exported", &detail)).await?;
    let heads = [t.rules_state(), t.quality_agency(), t.staff_name(), t.audit_who(), t.audit_at()];
    let row = |what: &str, line: QueueLine| {
        vec![what.to_owned(), line.slug, line.name, line.by, line.at.to_string()]
    };
    let rows = applications.into_iter().map(|line| row(t.pkg_queue_applications(), line));
    let rows = rows.chain(reviews.into_iter().map(|line| row(t.pkg_queue_reviews(), line)));
    sheet("packages", std::iter::once(Vec::from(heads.map(str::to_owned))).chain(rows))
}

fn name(t: Texts, application: &Application) -> String {
    t.say(&Bilingual::new(&application.name_zh, &application.name_en)).text.to_owned()
}

async fn known(reader: &Reader, site: &Site, id: &str) -> Result<Application, Failure> {
    let id: ApplicationId = id.parse().map_err(|_| Failure::NotFound)?;
    let found = site.db.read(move |c| releases::find(c, id)).await?;
    found.filter(|one| reader.reviews(&one.slug)).ok_or(Failure::NotFound)
}

fn view(
    visitor: &Visitor,
    site: &Site,
    reader: &Reader,
    application: Application,
) -> Result<ApplicationView, Failure> {
    let t = visitor.texts();
    let own = application.applied_by.as_deref() == Some(reader.member.login.as_str());
    Ok(ApplicationView {
        csrf: visitor.form_token(site)?,
        id: application.id.to_string(),
        name: application.name_zh.clone(),
        waits: application.waits(),
        decides: application.waits() && !own,
        kind: kind_name(t, &application.kind),
        words: Field::new("words", t.pkg_words()).hint(t.pkg_words_hint()),
        by: application.applied_by.unwrap_or_default(),
        at: local(application.applied_at.moment()),
        slug: application.slug,
        name_en: application.name_en,
        credit_code: application.credit_code,
        contact: application.contact,
        document: application.document,
        reference: application.reference,
        frame: visitor.frame(),
    })
}

pub async fn application_page(visitor: Visitor, site: Data<Site>, id: Path<String>) -> Result<Page, Failure> {
    let reader = approver(&visitor, &site).await?;
    let application = known(&reader, &site, &id).await?;
    Page::new(&view(&visitor, &site, &reader, application)?)
}

/// `POST /admin/packages/applications/{id}`
pub async fn decide_application(
    visitor: Visitor,
    site: Data<Site>,
    id: Path<String>,
    form: Submitted,
) -> Answer {
    let reader = approver(&visitor, &site).await?;
    let application = known(&reader, &site, &id).await?;
    let admit = match form.get("decision") {
        "admit" => true,
        "refuse" => false,
        _ => return Err(Failure::BadRequest),
    };
    let (now, by, id, words) = (site.clock.now(), reader.by(), application.id, form.get("words").to_owned());
    let done = site.db.tx(move |c| releases::decide(c, now, id, admit, &by, &words)).await;
    if matches!(done, Err(ReleaseError::NoReason)) {
        let mut view = view(&visitor, &site, &reader, application)?;
        view.words.error = Some(visitor.texts().pkg_said_no_reason().to_owned());
        return Ok(Either::Right(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)));
    }
    let word = outcome::said(done, if admit { "admitted" } else { "refused" })?;
    Ok(Either::<HttpResponse, Page>::Left(see_other(&format!("/admin/packages?said={word}"))))
}

/// `GET /admin/funnel`
pub async fn funnel(visitor: Visitor, site: Data<Site>) -> Result<Page, Failure> {
    approver(&visitor, &site).await?;
    let t = visitor.texts();
    let funnel = site.db.read(releases::funnel).await?;
    let stage = |act: &str| match act {
        "applied" => t.pkg_stage_applied(),
        "admitted" => t.pkg_stage_admitted(),
        "uploaded" => t.pkg_stage_uploaded(),
        "checked" => t.pkg_stage_checked(),
        "submitted" => t.pkg_stage_submitted(),
        "approved" => t.pkg_stage_approved(),
        "released" => t.pkg_stage_released(),
        _ => t.pkg_stage_live(),
    };
    Page::new(&FunnelView {
        stages: funnel
            .stages
            .iter()
            .map(|one| FunnelLine {
                stage: stage(one.act),
                agencies: one.agencies,
                days: one.median_days.map(|days| format!("{days:.1}")),
            })
            .collect(),
        installed: funnel.installed,
        frame: visitor.frame(),
    })
}
