//! From a question to an answer: find the samples that fit, see how things stand, answer with the sample's answer in
//! which everything is the asker's own.

use chrono::{DateTime, Utc};
use serde_json::Value;
use yimen_contract::{
    agency::Agency,
    capability::{Binding, Capability},
    sample::Failure,
};

use super::{
    choose,
    days::Move,
    leaves::{Leaves, Swap, leaves, plain, swap},
    lists,
    memory::{Memory, Reply},
    names,
    recorded::{Recorded, Role},
    slots,
};
use crate::secret::Secret;

/// Everything an answer depends on.
pub struct Stage<'s> {
    pub agency: &'s Agency,
    pub recorded: &'s [Recorded],
    pub secret: &'s Secret,
    pub now: DateTime<Utc>,
}

/// A question as it came in, in the backend's own form.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    pub value: &'a Value,
    /// By which a repeat is known.
    pub key: Option<&'a str>,
}

impl Stage<'_> {
    /// Answers a question that came by a way that these bindings take. Nothing: there is no such exchange on record.
    pub fn answer(
        &self,
        memory: &mut Memory,
        fits: impl Fn(&Binding) -> bool,
        asked: Asked<'_>,
    ) -> Option<Reply> {
        let given = leaves(asked.value);
        let known: Leaves = given
            .iter()
            .map(|(path, text)| (path.clone(), memory.names.get(text).unwrap_or(text).clone()))
            .collect();
        let all: Vec<&Recorded> = self.recorded.iter().filter(|one| self.is_asked_so(one, &fits)).collect();
        let nearest = choose::nearest(&all, &known);
        let like = *nearest.first()?;
        let key = asked.key.filter(|_| like.capability.writes());
        let key = key.map(|key| format!("{}/{key}", like.capability.name()));
        if let Some(reply) = key.as_ref().and_then(|key| memory.answered.get(key)) {
            return Some(reply.clone());
        }
        let matter = Matter { like, given: &given, key: asked.key };
        let who = like.who(&given).map_or_else(|| free(like, &given), str::to_owned);
        if let Some(reply) = Self::paid_by_another(memory, &all, &matter) {
            return Some(reply);
        }
        let one = self.as_things_stand(memory, &all, &nearest, &matter, &who)?;
        let reply = self.reply(memory, one, &matter, &who);
        if let Some(key) = key.filter(|_| reply.fails.is_none()) {
            memory.answered.insert(key, reply.clone());
        }
        Some(reply)
    }

    /// A due that another order has paid is not paid again.
    fn paid_by_another(memory: &Memory, all: &[&Recorded], matter: &Matter<'_>) -> Option<Reply> {
        let like = matter.like;
        let settler = (like.capability == Capability::DuesSettle)
            .then(|| matter.field("/reference").and_then(|due| memory.settlers.get(due)))
            .flatten()?;
        if matter.field("/order") == Some(settler.as_str()) {
            return None;
        }
        let refused = |one: &&&Recorded| one.is_beside(like) && one.fails == Some(Failure::Refused);
        Some(match all.iter().find(refused) {
            Some(one) => Reply {
                sample: one.name.clone(),
                status: one.status,
                fails: one.fails,
                body: one.speaks.then(|| one.response.clone()),
            },
            None => {
                Reply { sample: like.name.clone(), status: None, fails: Some(Failure::Refused), body: None }
            }
        })
    }

    fn is_asked_so(&self, one: &Recorded, fits: impl Fn(&Binding) -> bool) -> bool {
        self.agency.binding_for(one.capability, one.service.as_deref().unwrap_or_default()).is_some_and(fits)
    }

    /// What this sample answers to a question that nobody asked.
    pub fn reply_with(&self, memory: &mut Memory, one: &Recorded, question: &Value) -> Reply {
        let given = leaves(question);
        let who = one.who(&given).map_or_else(|| free(one, &given), str::to_owned);
        self.reply(memory, one, &Matter { like: one, given: &given, key: None }, &who)
    }

    /// Of the samples that resemble the question, the one that is true now.
    fn as_things_stand<'r>(
        &self,
        memory: &Memory,
        all: &[&'r Recorded],
        nearest: &[&'r Recorded],
        matter: &Matter<'_>,
        who: &str,
    ) -> Option<&'r Recorded> {
        use Capability as C;
        let reference = matter.field("/reference");
        let says = |words: &[&str]| {
            words.iter().find_map(|word| {
                let said: Vec<&Recorded> = all
                    .iter()
                    .filter(|one| one.is_beside(matter.like) && one.word() == *word)
                    .copied()
                    .collect();
                choose::one_for(&said, who)
            })
        };
        let told = match matter.like.capability {
            C::CaseStatus => {
                let case = memory.case(reference, matter.field("/case"));
                case.and_then(|case| says(&[&self.stands(case)]))
            }
            C::CaseFind => match memory.case(None, matter.field("/case")) {
                Some(_) => says(&["found"]),
                None if matter.is_recorded("/case") => None,
                None => return says(&["not-found"]),
            },
            C::DuesStatus if reference.is_some_and(|reference| memory.settled.contains(reference)) => {
                says(&["settled"])
            }
            C::DuesStatus if !matter.is_recorded("/reference") => says(&["open"]),
            C::SlotsFind => match matter.field("/booking").and_then(|own| memory.bookings.get(own)) {
                Some(booking) => says(&[&booking.word]),
                None if matter.is_recorded("/booking") => None,
                None => says(&["not-found"]),
            },
            C::SlotsConfirm | C::SlotsHold => {
                let full = matter.field("/slot").is_some_and(|slot| {
                    let own = matter.field("/booking").and_then(|own| memory.bookings.get(own));
                    let theirs = own.is_some_and(|booking| booking.slot == slot);
                    !theirs && slots::free(self.recorded, memory, slot).is_some_and(|free| free == 0)
                });
                if full { says(&["full"]) } else { None }
            }
            _ => None,
        };
        told.or_else(|| choose::one_for(nearest, who))
    }

    fn reply(&self, memory: &mut Memory, one: &Recorded, matter: &Matter<'_>, who: &str) -> Reply {
        let mut body = one.response.clone();
        let names = one.names();
        let moved = one.moved(self.now, &names);
        match one.capability {
            // Appointments go on by whole weeks, from the day of each.
            Capability::SlotsList => {}
            Capability::SlotsConfirm
            | Capability::SlotsHold
            | Capability::SlotsFind
            | Capability::SlotsCancel
                if slots::follow(self, memory, matter, &mut body) => {}
            _ => moved.all(&mut body),
        }
        slots::keep(one, self.now, &mut body);
        let mut swaps = Vec::new();
        if one.fails.is_none() {
            self.happens(memory, one, matter, who, &mut swaps);
            if one.capability == Capability::SlotsList {
                slots::schedule(self, memory, one, matter.given, &mut body);
            }
            lists::personal(self, memory, one, matter, who, &mut swaps);
        }
        // What the backend knows better than the asker is not said as the asker said it.
        let known: Vec<String> = swaps.iter().map(|swap| swap.from.clone()).collect();
        let echoed = echoes(one, matter.given, &moved).into_iter();
        swaps.extend(
            echoed.filter(|swap| one.capability != Capability::DuesStatus || !known.contains(&swap.from)),
        );
        swap(&mut body, &swaps);
        if one.fails.is_none() {
            lists::ties(memory, one, self.recorded, who, &mut body);
            lists::messages(memory, one, matter, &mut body);
            lists::without_settled(memory, one, &mut body);
        }
        Reply {
            sample: one.name.clone(),
            status: one.status,
            fails: one.fails,
            body: one.speaks.then_some(body),
        }
    }

    /// A new name in the place of one in a sample, kept so that it is understood when it comes back.
    pub fn name(&self, memory: &mut Memory, model: &str, seed: &str) -> String {
        let name = names::like(model, self.secret, seed);
        memory.names.insert(name.clone(), model.to_owned());
        name
    }
}

/// A question beside the sample that it resembles.
pub struct Matter<'m> {
    pub like: &'m Recorded,
    /// As it came in.
    pub given: &'m Leaves,
    /// By which a repeat is known.
    pub key: Option<&'m str>,
}

impl<'m> Matter<'m> {
    pub fn field(&self, pointer: &str) -> Option<&'m str> {
        self.like.field(pointer, self.given)
    }

    /// Whether the question has this field as it was recorded.
    fn is_recorded(&self, pointer: &str) -> bool {
        self.field(pointer)
            .is_some_and(|text| self.like.question.pointer(pointer).map(plain).as_deref() == Some(text))
    }

    pub fn owned(&self, pointer: &str) -> Option<String> {
        self.field(pointer).map(str::to_owned)
    }
}

/// Who asks where the question names nobody: whoever fills in the same.
fn free(like: &Recorded, given: &Leaves) -> String {
    let free = like.request.iter().filter(|(_, leaf)| matches!(leaf.role, Role::Free | Role::Own));
    free.filter_map(|(path, _)| given.get(path)).cloned().collect::<Vec<_>>().join("\n")
}

/// What the question said instead of what was recorded, to be said in the answer too.
fn echoes(one: &Recorded, given: &Leaves, moved: &Move<'_>) -> Vec<Swap> {
    let mut echoes = Vec::new();
    for (path, leaf) in &one.request {
        // The answer says the day that was asked for on the day to which it has moved.
        let from = moved.text(&leaf.text).unwrap_or_else(|| leaf.text.clone());
        let Some(said) = given.get(path).filter(|said| **said != from) else { continue };
        let name = path.rsplit(['/', '#']).next().unwrap_or_default();
        let speaking = leaf.text.len() >= 4 || (!leaf.text.is_ascii() && leaf.text.chars().count() >= 2);
        let only = (!speaking).then(|| name.to_owned());
        echoes.push(Swap { from, to: said.clone(), only });
    }
    // Of two that begin alike the longer one is meant.
    echoes.sort_by_key(|swap| std::cmp::Reverse(swap.from.len()));
    echoes
}
