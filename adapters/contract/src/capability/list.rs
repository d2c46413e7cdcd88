//! The closed list of capabilities: what each is called, what its question and answer look like, and what asking
//! does. One line each; everything that must be said of every capability is said here.

use schemars::Schema;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::{
    Question, bound, case, dues, file, health, identified, identity, licences, lookup, message, pay, slots,
    thread,
};
use crate::finding::Problem;
use crate::form_of;
use crate::schema::of;

macro_rules! capabilities {
    ($($variant:ident $name:literal $input:path => $output:path, $effect:ident, $about:ident, $again:expr;)*) => {
        /// Something an agency can be asked.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Capability {
            $(#[doc = concat!("`", $name, "`")] #[serde(rename = $name)] $variant,)*
        }

        impl Capability {
            pub const ALL: [Self; [$($name),*].len()] = [$(Self::$variant),*];

            /// The name in packages, logs and metrics.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What asking does.
            pub const fn effect(self) -> Effect {
                match self { $(Self::$variant => Effect::$effect,)* }
            }

            /// Whether the question says something about a person. Such questions never stand in an address, which
            /// ends up in logs.
            pub const fn is_personal(self) -> bool {
                match self { $(Self::$variant => matches!(About::$about, About::Person),)* }
            }

            /// What is asked when nobody knows what became of this.
            pub const fn asked_after(self) -> Option<Self> {
                match self { $(Self::$variant => $again,)* }
            }

            /// The form of the question.
            pub fn input_schema(self) -> Schema {
                let schema = match self { $(Self::$variant => of::<$input>(),)* };
                identified(schema, &format!("{}:input", self.name()))
            }

            /// The form of the answer.
            pub fn output_schema(self) -> Schema {
                let schema = match self { $(Self::$variant => of::<$output>(),)* };
                identified(schema, &format!("{}:output", self.name()))
            }

            /// Whether this reads as the question; the message names only fields.
            pub fn accepts_question(self, question: &Value) -> Result<(), String> {
                match self { $(Self::$variant => reads::<$input>(question),)* }
            }

            /// Whether this reads as the answer; the message names only fields.
            pub fn accepts_answer(self, answer: &Value) -> Result<(), String> {
                match self { $(Self::$variant => reads::<$output>(answer),)* }
            }

            /// The answer as the portal keeps it: with what it does not know left out, and nothing else changed.
            pub fn kept_answer(self, answer: &Value) -> Result<Value, String> {
                match self { $(Self::$variant => kept::<$output>(answer),)* }
            }
        }

        $(impl Question for $input {
            const CAPABILITY: Capability = Capability::$variant;
            type Answer = $output;
        })*
    };
}

use Capability as C;

capabilities! {
    Health "health" health::Input => health::Output, Reads, Nobody, None;
    IdentityVerify "identity.verify" identity::Input => identity::Output, Reads, Person, None;
    Lookup "lookup" lookup::Input => lookup::Output, Reads, Person, None;
    CaseSubmit "case.submit" case::SubmitInput => case::Output, Writes, Person, Some(C::CaseFind);
    CaseFind "case.find" case::FindInput => case::FindOutput, Reads, Person, None;
    CaseStatus "case.status" case::StatusInput => case::Output, Reads, Person, None;
    CaseCorrect "case.correct" case::CorrectInput => case::Output, Writes, Person, Some(C::CaseStatus);
    CaseWithdraw "case.withdraw" case::WithdrawInput => case::Output, Writes, Person, Some(C::CaseStatus);
    SlotsList "slots.list" slots::ListInput => slots::ListOutput, Reads, Nobody, None;
    SlotsHold "slots.hold" slots::HoldInput => slots::Output, Writes, Nobody, Some(C::SlotsFind);
    SlotsConfirm "slots.confirm" slots::ConfirmInput => slots::Output, Writes, Person, Some(C::SlotsFind);
    SlotsFind "slots.find" slots::FindInput => slots::Output, Reads, Person, None;
    SlotsCancel "slots.cancel" slots::CancelInput => slots::Output, Writes, Person, Some(C::SlotsFind);
    DuesList "dues.list" dues::ListInput => dues::ListOutput, Reads, Person, None;
    DuesSettle "dues.settle" dues::SettleInput => dues::Output, Writes, Person, Some(C::DuesStatus);
    DuesStatus "dues.status" dues::StatusInput => dues::Output, Reads, Person, None;
    LicencesList "licences.list" licences::ListInput => licences::ListOutput, Reads, Person, None;
    BindingAdd "binding.add" bound::AddInput => bound::Output, Writes, Person, Some(C::BindingList);
    BindingList "binding.list" bound::ListInput => bound::ListOutput, Reads, Person, None;
    BindingRemove "binding.remove" bound::RemoveInput => bound::Output, Writes, Person, Some(C::BindingList);
    ThreadPost "thread.post" thread::PostInput => thread::PostOutput, Writes, Person, Some(C::ThreadList);
    ThreadList "thread.list" thread::ListInput => thread::ListOutput, Reads, Person, None;
    FileGet "file.get" file::GetInput => file::GetOutput, Reads, Person, None;
    PayCreate "pay.create" pay::CreateInput => pay::CreateOutput, Writes, Nobody, Some(C::PayQuery);
    PayQuery "pay.query" pay::QueryInput => pay::Output, Reads, Nobody, None;
    PayRefund "pay.refund" pay::RefundInput => pay::Output, Writes, Nobody, Some(C::PayQuery);
    PayStatement "pay.statement" pay::StatementInput => pay::StatementOutput, Reads, Nobody, None;
    MessageSend "message.send" message::SendInput => message::Output, Writes, Person, Some(C::MessageReceipt);
    MessageReceipt "message.receipt" message::ReceiptInput => message::Output, Reads, Nobody, None;
}

/// What asking does to the backend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Nothing: it may be asked again.
    Reads,
    /// Something is there afterwards that was not there before.
    Writes,
}

/// Whom a question may say something about.
enum About {
    Nobody,
    Person,
}

impl Capability {
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|capability| capability.name() == name)
    }

    /// Everything in an answer that is not as the capability's schema asks: where, and what to do about it.
    pub fn answer_faults(self, answer: &Value) -> Vec<(String, Problem)> {
        let mistakes = form_of::mistakes(answer, self.output_schema().as_value(), "answer");
        let said = mistakes.into_iter().map(|mistake| (mistake.path, mistake.problem));
        let mut faults: Vec<_> = said.collect();
        if let Some(why) = self.accepts_answer(answer).err().filter(|_| faults.is_empty()) {
            let problem = Problem::new(
                format!("This cannot be read: {why}."),
                "Compare it with the capability's schema.",
            );
            faults.push(("answer".to_owned(), problem));
        }
        faults
    }

    pub const fn writes(self) -> bool {
        matches!(self.effect(), Effect::Writes)
    }
}

fn kept<T: DeserializeOwned + Serialize>(value: &Value) -> Result<Value, String> {
    let kept = T::deserialize(value).map_err(|error| error.to_string())?;
    serde_json::to_value(kept).map_err(|error| error.to_string())
}

fn reads<T: DeserializeOwned>(value: &Value) -> Result<(), String> {
    T::deserialize(value).map(|_| ()).map_err(|error| error.to_string())
}
