//! What was typed into the form of a report: its fields, what is wrong with it, and what it comes to.

use actix_web::HttpRequest;
use uuid::{Builder, Uuid};

use super::{LONGEST, fits};
use crate::{
    catalogue::present::Presenter,
    platform::{Texts, random},
    voice::{Clocks, Kind, Words, photos::Exhibit, suggest::suggest, take::Coming},
    web::{
        Failure, Submitted,
        frame::{Choice, Field, Input},
        query,
    },
};

const TITLE: usize = 60;
const PLACE: usize = 120;
/// The answer to the question whether it belongs elsewhere.
const HERE: &str = "here";

/// What was typed, or what is known.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub(super) service: String,
    pub(super) agency: String,
    pub(super) asset: String,
    title: String,
    text: String,
    place: String,
    district: String,
    phone: String,
    hidden: String,
    pub(super) elsewhere: String,
    pub(super) key: String,
}

impl Typed {
    pub(super) fn sent(form: &Submitted) -> Self {
        let get = |name| form.get(name).to_owned();
        Self {
            service: get("service"),
            agency: get("agency"),
            asset: get("asset"),
            title: get("title"),
            text: get("text"),
            place: get("place"),
            district: get("district"),
            phone: get("phone"),
            hidden: get("secret"),
            elsewhere: get("elsewhere"),
            key: get("key"),
        }
    }

    /// A new form, with what the address says: of a public thing with a code on it, what the city knows of it.
    pub(super) fn asked(
        clocks: &Clocks,
        present: Presenter<'_>,
        request: &HttpRequest,
    ) -> Result<Self, Failure> {
        let get = |name| query(request, name).unwrap_or_default();
        let key: [u8; 16] = random::bytes().map_err(Failure::broken)?;
        let mut typed = Self {
            service: get("service"),
            agency: get("agency"),
            key: Builder::from_random_bytes(key).into_uuid().to_string(),
            ..Self::default()
        };
        if let Some(asset) = clocks.policy()?.asset(&get("asset")) {
            typed.asset.clone_from(&asset.code);
            typed.district.clone_from(&asset.district);
            typed.place = present.text(&asset.place).text;
        }
        Ok(typed)
    }

    pub(super) fn inputs(
        &self,
        present: Presenter<'_>,
        clocks: &Clocks,
        (kind, guest): (Kind, bool),
    ) -> Vec<Input> {
        let t = present.t;
        let needed = |field: Field| Field { required: true, ..field };
        let mut inputs = vec![
            Input::new("text", needed(Field::new("title", t.voice_field_title()).value(&self.title))),
            Input::new(
                "long",
                needed(
                    Field::new("text", t.voice_field_text())
                        .hint(t.voice_field_text_hint())
                        .value(&self.text),
                ),
            ),
        ];
        if kind != Kind::Consultation {
            let place = Field::new("place", t.voice_field_place()).hint(t.voice_field_place_hint());
            let required = kind.has_place();
            inputs.push(Input::new("select", Field { required, ..self.district(present) }));
            inputs.push(Input::new("text", Field { required, ..place.value(&self.place) }));
        }
        if kind.may_be_secret() && !guest {
            let choice = |tag: &'static str| Choice::new(tag, t.voice_secret_choice(tag), self.hidden == tag);
            let field = Field::new("secret", t.voice_field_secret()).hint(t.voice_field_secret_hint());
            inputs.push(Input::new("radio", needed(field.choices(vec![choice("no"), choice("yes")]))));
        }
        if guest {
            let phone = Field::new("phone", t.voice_field_phone()).hint(t.voice_field_phone_hint());
            inputs.push(Input::new("tel", phone.value(&self.phone)));
        }
        inputs.extend(self.elsewhere(present, clocks));
        inputs
    }

    fn district(&self, present: Presenter<'_>) -> Field {
        let t = present.t;
        let none = Choice::new("", t.voice_district_none(), self.district.is_empty());
        let all = present
            .catalogue
            .city
            .city
            .districts
            .iter()
            .map(|one| Choice::new(&one.code, present.text(&one.name).text, one.code == self.district));
        Field::new("district", t.voice_field_district()).choices([none].into_iter().chain(all).collect())
    }

    /// Whether it belongs elsewhere.
    fn elsewhere(&self, present: Presenter<'_>, clocks: &Clocks) -> Option<Input> {
        let policy = clocks.policy().ok().filter(|policy| !policy.elsewhere.is_empty())?;
        let t = present.t;
        let none = Choice::new(HERE, t.voice_elsewhere_none(), self.elsewhere == HERE);
        let all = policy
            .elsewhere
            .iter()
            .map(|one| Choice::new(&one.id, present.text(&one.name).text, one.id == self.elsewhere));
        let field = Field::new("elsewhere", t.voice_field_elsewhere()).hint(t.voice_field_elsewhere_hint());
        let field = field.choices([none].into_iter().chain(all).collect());
        Some(Input::new("radio", Field { required: true, ..field }))
    }

    /// What is wrong where.
    pub(super) fn mistakes(
        &self,
        t: Texts,
        clocks: &Clocks,
        (kind, guest): (Kind, bool),
    ) -> Vec<(&'static str, String)> {
        let mut wrong = Vec::new();
        if !fits(&self.title, 2, TITLE) {
            wrong.push(("title", t.voice_wrong_title(TITLE)));
        }
        if !fits(&self.text, 5, LONGEST) {
            wrong.push(("text", t.voice_wrong_text(LONGEST)));
        }
        let districts = &clocks.edition().catalogue.city.city.districts;
        let known = districts.iter().any(|one| one.code == self.district);
        if (kind.has_place() || !self.district.is_empty()) && !known {
            wrong.push(("district", t.voice_wrong_district().to_owned()));
        }
        if (kind.has_place() || !self.place.is_empty()) && !fits(&self.place, 2, PLACE) {
            wrong.push(("place", t.voice_wrong_place(PLACE)));
        }
        if kind.may_be_secret() && !guest && !matches!(self.hidden.as_str(), "yes" | "no") {
            wrong.push(("secret", t.voice_wrong_choice().to_owned()));
        }
        let digits = self.phone.bytes().all(|b| b.is_ascii_digit() || matches!(b, b' ' | b'-' | b'+'));
        let is_number = digits && fits(&self.phone, 5, 20);
        if !self.phone.is_empty() && !is_number {
            wrong.push(("phone", t.voice_wrong_phone().to_owned()));
        }
        let asks = clocks.policy().is_ok_and(|policy| !policy.elsewhere.is_empty());
        if asks && self.elsewhere != HERE {
            let words =
                if self.elsewhere.is_empty() { t.voice_wrong_choice() } else { t.voice_wrong_elsewhere() };
            wrong.push(("elsewhere", words.to_owned()));
        }
        wrong
    }

    /// What it comes to.
    pub(super) fn coming(
        &self,
        clocks: &Clocks,
        kind: Kind,
        picture: Option<Exhibit>,
    ) -> Result<Coming, Failure> {
        let (edition, policy) = (clocks.edition(), clocks.policy()?);
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let asset = policy.asset(&self.asset);
        let service = some(&self.service).filter(|code| edition.catalogue.service(code).is_some());
        let text = format!("{}\n{}", self.title, self.text);
        let agency = some(&self.agency);
        let found = suggest(edition, policy, &text, (service.as_deref(), agency.as_deref()));
        let topic = asset.map(|asset| asset.topic.clone()).or(found.topic);
        let of_asset = asset.and_then(|asset| policy.topic(&asset.topic)).map(|topic| topic.agency.clone());
        Ok(Coming {
            kind,
            words: Words {
                title: self.title.clone(),
                text: self.text.clone(),
                place: self.place.clone(),
                phone: self.phone.clone(),
            },
            secret: self.is_secret(kind),
            topic,
            agency: of_asset.or(found.agency),
            service,
            district: some(&self.district),
            asset: asset.map(|asset| asset.code.clone()),
            picture,
        })
    }

    /// Whether nobody is to know who wrote it.
    pub(super) fn is_secret(&self, kind: Kind) -> bool {
        kind == Kind::TipOff || self.hidden == "yes"
    }

    pub(super) fn key(&self) -> Result<Uuid, Failure> {
        self.key.parse().map_err(|_| Failure::BadRequest)
    }
}
