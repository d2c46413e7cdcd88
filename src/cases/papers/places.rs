//! What a service wants handed in: the papers of its guide that the applicant brings as files, and the questions of its
//! form that are answered with one.

use sha2::{Digest as _, Sha256};
use yimen_contract::{
    Bilingual,
    service::{Necessity, Paper, PaperForm, PaperSource, Service},
};
use yimen_forms::{Field, Filled, Form, Kind as Question};

use super::{hex, kept::Promise, kind::Kind};
use crate::catalogue::asking;

/// A place for files.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "what the guide says of a paper is yes or no")]
pub struct Place {
    /// How it is kept: `paper:` and the paper's name, or `field:` and the question's.
    pub at: String,
    /// Its name in addresses.
    pub slug: String,
    pub name: Bilingual,
    pub note: Option<Bilingual>,
    /// When it is needed, if not always.
    pub when: Option<Bilingual>,
    /// Without it nothing is handed in.
    pub required: bool,
    /// May follow on a promise.
    pub may_be_late: bool,
    /// Its original is shown at the counter all the same.
    pub original: bool,
    pub kinds: Vec<Kind>,
    /// The largest file, where the form says.
    pub most_bytes: Option<u64>,
    /// Whether there may be several files.
    pub several: bool,
}

impl Place {
    fn new(at: String, name: Bilingual) -> Self {
        let digest = hex(&Sha256::digest(at.as_bytes()));
        let slug = digest.chars().take(12).collect();
        Self {
            at,
            slug,
            name,
            note: None,
            when: None,
            required: false,
            may_be_late: false,
            original: false,
            kinds: Kind::ALL.to_vec(),
            most_bytes: None,
            several: true,
        }
    }

    /// Whether an agency that asks for something means it.
    pub fn is_meant(&self, about: &str) -> bool {
        let about = about.trim();
        let named = [self.name.zh.trim(), self.name.en.trim(), self.at.as_str()].contains(&about);
        named || self.field() == Some(about)
    }

    /// The question that it answers, where it is one.
    pub fn field(&self) -> Option<&str> {
        self.at.strip_prefix("field:")
    }
}

/// Everything that can be handed in for an application as it is filled in, and what is brought in person.
#[derive(Debug, Clone, Default)]
pub struct Places {
    pub all: Vec<Place>,
    /// Papers that are shown at the counter.
    pub brought: Vec<Bilingual>,
}

/// Whether a service cannot be applied for without a file.
pub fn demanded(service: &Service) -> bool {
    sent(service).any(|place| place.required)
}

/// Which paper of the guide a place is, as agencies are told.
pub fn paper_of(at: &str) -> Option<&str> {
    at.strip_prefix("paper:")
}

impl Places {
    pub fn of(service: &Service, form: &Form, filled: &Filled<'_, '_>) -> Self {
        // Whoever makes an appointment brings their papers along.
        if asking::form_of(service).is_none() {
            return Self::default();
        }
        let brought = service
            .papers
            .iter()
            .filter(|paper| paper.source == PaperSource::Applicant && paper.form == PaperForm::Paper);
        let mut all: Vec<Place> = sent(service).collect();
        for field in form.fields.iter().filter(|field| filled.applies(&field.name)) {
            of_field(field, &field.name, filled, &mut all);
        }
        Self { all, brought: brought.map(|paper| paper.name.clone()).collect() }
    }

    /// What of it a correction is about: what was asked for must come now, and what was promised may.
    pub fn to_correct(self, asked: &[(String, String)], promised: &[Promise]) -> Vec<Place> {
        let wanted = |place: Place| {
            let required = asked.iter().any(|(about, _)| place.is_meant(about));
            let late = promised.iter().any(|promise| promise.place == place.at);
            (required || late).then_some(Place { required, may_be_late: false, ..place })
        };
        self.all.into_iter().filter_map(wanted).collect()
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    pub fn find(&self, slug: &str) -> Option<&Place> {
        self.all.iter().find(|place| place.slug == slug)
    }
}

/// The papers of a service's guide that are handed in as files.
pub fn sent(service: &Service) -> impl Iterator<Item = Place> {
    let own = |paper: &&Paper| paper.source == PaperSource::Applicant && paper.form != PaperForm::Paper;
    service.papers.iter().filter(own).map(of_paper)
}

fn of_paper(paper: &Paper) -> Place {
    Place {
        note: paper.note.clone(),
        when: paper.when.clone(),
        required: paper.necessity == Necessity::Required,
        may_be_late: paper.may_be_late,
        original: paper.original,
        ..Place::new(format!("paper:{}", paper.name.zh.trim()), paper.name.clone())
    }
}

fn of_field(field: &Field, name: &str, filled: &Filled<'_, '_>, all: &mut Vec<Place>) {
    match &field.kind {
        Question::File(files) => all.push(Place {
            note: field.hint.clone(),
            required: field.required || filled.missing().any(|missing| missing == name),
            kinds: files.accept.iter().filter_map(|accepted| Kind::named(accepted)).collect(),
            most_bytes: Some(files.most_bytes),
            several: false,
            ..Place::new(format!("field:{name}"), field.label.clone())
        }),
        Question::Group(parts) => {
            for part in parts {
                of_field(part, &format!("{name}.{}", part.name), filled, all);
            }
        }
        _ => {}
    }
}
