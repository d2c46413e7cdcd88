//! The forms by which people are authorised, and children and companies registered.

use std::collections::BTreeSet;

use askama::Template;
use chrono::NaiveDate;
use yimen_contract::{Bilingual, credit};

use crate::{
    accounts::{
        IdentityNumber, PersonName, Phone, Wrong,
        acting::{ActingError, Company, CompanyId, Matters, Offer, Scope, term},
    },
    platform::Texts,
    web::{
        Submitted,
        frame::{Choice, Field, Frame, Mistake},
    },
};

/// The longest text anybody needs here.
const LONGEST_PROOF: usize = 500;
const LONGEST_NAME: usize = 100;

/// `/me/acting/grant`
#[derive(Debug, Template)]
#[template(path = "accounts/acting/grant.html")]
pub struct GrantView {
    pub frame: Frame,
    pub csrf: String,
    pub whose: Field,
    pub name: Field,
    pub phone: Field,
    pub scope: Field,
    pub domains: Field,
    pub services: Field,
    pub from: Field,
    pub until: Field,
    pub proof: Field,
}

fn needed(name: &'static str, label: &str) -> Field {
    Field { required: true, ..Field::new(name, label) }
}

/// The text of a field, or what is wrong with it.
fn text(t: Texts, field: &mut Field, longest: usize) -> Option<String> {
    if field.value.is_empty() {
        field.error = Some(t.acting_wrong_empty().to_owned());
    } else if field.value.chars().count() > longest {
        field.error = Some(t.acting_wrong_long(longest));
    }
    field.error.is_none().then(|| field.value.clone())
}

fn person_name(t: Texts, field: &mut Field) -> Option<PersonName> {
    PersonName::parse(&field.value)
        .map_err(|wrong| {
            field.error = Some(match wrong {
                Wrong::Empty => t.acting_wrong_empty().to_owned(),
                Wrong::TooLong => t.acting_wrong_long(60),
                _ => t.acting_wrong_name().to_owned(),
            });
        })
        .ok()
}

fn date(t: Texts, field: &mut Field) -> Option<NaiveDate> {
    let date = NaiveDate::parse_from_str(&field.value, "%Y-%m-%d").ok();
    if date.is_none() {
        field.error = Some(t.acting_wrong_date().to_owned());
    }
    date
}

impl GrantView {
    pub fn new(
        frame: Frame,
        csrf: String,
        companies: &[Company],
        domains: &[(String, Bilingual)],
        today: NaiveDate,
    ) -> Self {
        let t = frame.t;
        let mut whose = vec![Choice::new("me", t.acting_grant_for_me(), true)];
        let confirmed = companies.iter().filter(|company| company.state == "confirmed");
        whose.extend(confirmed.map(|company| {
            let choice = Choice::new(company.id.to_string(), &company.name, false);
            choice.lang("zh-CN")
        }));
        let scopes = vec![
            Choice::new("all", t.acting_grant_scope_all(), true),
            Choice::new("domains", t.acting_grant_scope_domains(), false),
            Choice::new("services", t.acting_grant_scope_services(), false),
        ];
        let domains = domains.iter().map(|(code, name)| {
            let said = t.say(name);
            let choice = Choice::new(code, said.text, false);
            if said.fallback { choice.lang("zh-CN") } else { choice }
        });
        let year = today.checked_add_months(chrono::Months::new(12)).unwrap_or(today);
        Self {
            csrf,
            whose: Field::new("for", t.acting_grant_for()).choices(whose),
            name: needed("name", t.acting_grant_name()).hint(t.acting_grant_name_hint()),
            phone: needed("phone", t.acting_grant_phone()),
            scope: Field::new("scope", t.acting_grant_scope()).choices(scopes).hint(t.acting_in_person()),
            domains: Field::new("domains", t.acting_grant_domains()).choices(domains.collect()),
            services: Field::new("services", t.acting_grant_services()).hint(t.acting_grant_services_hint()),
            from: needed("from", t.acting_grant_from()).value(today.to_string()),
            until: needed("until", t.acting_grant_until())
                .hint(t.acting_grant_until_hint())
                .value(year.to_string()),
            proof: needed("proof", t.acting_grant_proof()).hint(t.acting_grant_proof_hint()),
            frame,
        }
    }

    /// Puts in what was typed, so that it stays beside a mistake.
    pub fn fill(&mut self, form: &Submitted) {
        let typed = [
            &mut self.name,
            &mut self.phone,
            &mut self.services,
            &mut self.from,
            &mut self.until,
            &mut self.proof,
        ];
        for field in typed {
            form.get(&field.name).clone_into(&mut field.value);
        }
        for field in [&mut self.whose, &mut self.scope, &mut self.domains] {
            for choice in &mut field.choices {
                choice.chosen = form.all(&field.name).any(|value| value == choice.value);
            }
        }
    }

    /// The offer, if nothing is wrong with it. What is wrong is said beside its field.
    pub fn read(&mut self, matters: &dyn Matters, today: NaiveDate) -> Option<Offer> {
        let t = self.frame.t;
        let name = person_name(t, &mut self.name);
        let phone = Phone::parse(&self.phone.value);
        if phone.is_err() {
            self.phone.error = Some(t.acting_wrong_phone().to_owned());
        }
        let company = self.company();
        let scope = self.scope(matters);
        let first = date(t, &mut self.from);
        let last = date(t, &mut self.until);
        let days = first.zip(last).and_then(|(first, last)| term(today, first, last));
        if first.is_some() && last.is_some() && days.is_none() {
            self.until.error = Some(t.acting_wrong_term().to_owned());
        }
        let proof = text(t, &mut self.proof, LONGEST_PROOF);
        let (from, until) = days?;
        Some(Offer {
            company: company.ok()?,
            name: name?,
            phone: phone.ok()?,
            scope: scope?,
            from,
            until,
            proof: proof?,
        })
    }

    /// The company whose matters it is about, or nobody but the person. `Err`: nothing that could be chosen was.
    fn company(&mut self) -> Result<Option<CompanyId>, ()> {
        let chosen =
            self.whose.choices.iter().find(|choice| choice.chosen).map(|choice| choice.value.clone());
        match chosen.as_deref() {
            Some("me") => Ok(None),
            Some(id) => id.parse().map(Some).map_err(|_| ()),
            None => {
                self.whose.error = Some(self.frame.t.form_choose_one().to_owned());
                Err(())
            }
        }
    }

    fn scope(&mut self, matters: &dyn Matters) -> Option<Scope> {
        let t = self.frame.t;
        let chosen =
            self.scope.choices.iter().find(|choice| choice.chosen).map(|choice| choice.value.clone());
        match chosen.as_deref() {
            Some("all") => Some(Scope::All),
            Some("domains") => {
                let chosen = self.domains.choices.iter().filter(|choice| choice.chosen);
                let codes: BTreeSet<String> = chosen.map(|choice| choice.value.clone()).collect();
                if codes.is_empty() {
                    self.domains.error = Some(t.acting_wrong_domains().to_owned());
                    return None;
                }
                Some(Scope::Domains(codes))
            }
            Some("services") => self.services(matters).map(Scope::Services),
            _ => {
                self.scope.error = Some(t.form_choose_one().to_owned());
                None
            }
        }
    }

    fn services(&mut self, matters: &dyn Matters) -> Option<BTreeSet<String>> {
        let t = self.frame.t;
        let typed = self.services.value.to_ascii_uppercase();
        let codes: BTreeSet<String> = typed
            .split(|c: char| c.is_whitespace() || ",，、;；".contains(c))
            .filter(|code| !code.is_empty())
            .map(str::to_owned)
            .collect();
        if codes.is_empty() {
            self.services.error = Some(t.acting_wrong_services().to_owned());
        }
        for code in &codes {
            match matters.service(code) {
                None => self.services.error = Some(t.acting_wrong_service(code)),
                Some((_, false)) => self.services.error = Some(t.acting_wrong_in_person(code)),
                Some((_, true)) => {}
            }
        }
        self.services.error.is_none().then_some(codes)
    }

    /// What only turned out when the offer was made.
    pub fn refused(&mut self, error: &ActingError) -> bool {
        let t = self.frame.t;
        let (field, words) = match error {
            ActingError::Oneself => (&mut self.phone, t.acting_wrong_oneself()),
            ActingError::TooMany => (&mut self.name, t.acting_wrong_many()),
            ActingError::Term => (&mut self.until, t.acting_wrong_term()),
            ActingError::Unproved => (&mut self.name, t.acting_wrong_unproved()),
            _ => return false,
        };
        field.error = Some(words.to_owned());
        true
    }

    pub fn mistakes(&self) -> Vec<Mistake> {
        [
            &self.whose,
            &self.name,
            &self.phone,
            &self.scope,
            &self.domains,
            &self.services,
            &self.from,
            &self.until,
            &self.proof,
        ]
        .into_iter()
        .filter_map(Field::mistake)
        .collect()
    }
}

/// `/me/acting/child`
#[derive(Debug, Template)]
#[template(path = "accounts/acting/child.html")]
pub struct ChildView {
    pub frame: Frame,
    pub csrf: String,
    pub name: Field,
    pub number: Field,
    pub proof: Field,
}

impl ChildView {
    pub fn new(frame: Frame, csrf: String) -> Self {
        let t = frame.t;
        Self {
            csrf,
            name: needed("name", t.acting_child_name()),
            number: needed("number", t.acting_child_number()),
            proof: needed("proof", t.acting_child_proof()).hint(t.acting_child_proof_hint()),
            frame,
        }
    }

    pub fn read(&mut self, form: &Submitted) -> Option<(PersonName, IdentityNumber, String)> {
        let t = self.frame.t;
        for field in [&mut self.name, &mut self.number, &mut self.proof] {
            form.get(&field.name).clone_into(&mut field.value);
        }
        let name = person_name(t, &mut self.name);
        let number = IdentityNumber::parse(&self.number.value);
        if number.is_err() {
            self.number.error = Some(t.acting_wrong_number().to_owned());
        }
        let proof = text(t, &mut self.proof, LONGEST_PROOF);
        Some((name?, number.ok()?, proof?))
    }

    pub fn refused(&mut self, error: &ActingError) -> bool {
        let t = self.frame.t;
        let (field, words) = match error {
            ActingError::NotAChild => (&mut self.number, t.acting_wrong_age()),
            ActingError::TooMany => (&mut self.name, t.acting_wrong_many()),
            ActingError::Unproved => (&mut self.name, t.acting_wrong_unproved()),
            _ => return false,
        };
        field.error = Some(words.to_owned());
        true
    }

    pub fn mistakes(&self) -> Vec<Mistake> {
        [&self.name, &self.number, &self.proof].into_iter().filter_map(Field::mistake).collect()
    }
}

/// `/me/acting/company`
#[derive(Debug, Template)]
#[template(path = "accounts/acting/company.html")]
pub struct CompanyView {
    pub frame: Frame,
    pub csrf: String,
    pub code: Field,
    pub name: Field,
    pub proof: Field,
}

impl CompanyView {
    pub fn new(frame: Frame, csrf: String) -> Self {
        let t = frame.t;
        Self {
            csrf,
            code: needed("credit", t.acting_company_code()).hint(t.acting_company_code_hint()),
            name: needed("name", t.acting_company_name()),
            proof: needed("proof", t.acting_company_proof()).hint(t.acting_company_proof_hint()),
            frame,
        }
    }

    /// Code, name and proof.
    pub fn read(&mut self, form: &Submitted) -> Option<(String, String, String)> {
        let t = self.frame.t;
        for field in [&mut self.code, &mut self.name, &mut self.proof] {
            form.get(&field.name).clone_into(&mut field.value);
        }
        let code = self.code.value.to_ascii_uppercase();
        if !credit::is_valid(&code) {
            self.code.error = Some(t.acting_wrong_code().to_owned());
        }
        let name = text(t, &mut self.name, LONGEST_NAME);
        let proof = text(t, &mut self.proof, LONGEST_PROOF);
        self.code.error.is_none().then_some(())?;
        Some((code, name?, proof?))
    }

    pub fn refused(&mut self, error: &ActingError) -> bool {
        let too_many = matches!(error, ActingError::TooMany);
        if too_many {
            self.name.error = Some(self.frame.t.acting_wrong_many().to_owned());
        }
        too_many
    }

    pub fn mistakes(&self) -> Vec<Mistake> {
        [&self.code, &self.name, &self.proof].into_iter().filter_map(Field::mistake).collect()
    }
}
