//! Rules for packages of providers: whoever takes payments, or carries messages, does the whole of it, and nobody else does
//! any of it.

use crate::agency::{Agency, AgencyKind};
use crate::capability::Capability;
use crate::rules::{Around, Report};

/// What belongs to taking payments. One without the others is money that nobody can ask after.
const PAYING: [Capability; 4] =
    [Capability::PayCreate, Capability::PayQuery, Capability::PayRefund, Capability::PayStatement];

/// What belongs to carrying messages. Without a receipt nobody can ask what became of one before another carrier gets it.
const CARRYING: [Capability; 2] = [Capability::MessageSend, Capability::MessageReceipt];

pub(crate) fn provider(agency: &Agency, around: &Around<'_>, report: &mut Report) {
    let declares = |capability: &Capability| agency.binding(*capability).is_some();
    let is_provider = agency.kind == AgencyKind::Provider;
    if let Some(one) = PAYING.iter().find(|one| declares(one) && !is_provider) {
        report.error(
            format!("capabilities.\"{}\"", one.name()),
            "An agency does not take payments itself: whoever decides what is owed does not collect it.",
            "Remove it, or write kind = \"provider\".",
        );
    }
    if let Some(one) = CARRYING.iter().find(|one| declares(one) && !is_provider) {
        report.error(
            format!("capabilities.\"{}\"", one.name()),
            "An agency does not carry the city's messages: it would learn who hears from whom.",
            "Remove it, or write kind = \"provider\".",
        );
    }
    if !is_provider {
        return;
    }
    if let Some(code) = around.services.iter().next() {
        report.error(
            "kind",
            format!("A provider has no services of its own, and here is `{code}`."),
            "Remove the services, or write another kind.",
        );
    }
    if PAYING.iter().any(declares) {
        for lacking in PAYING.iter().filter(|one| !declares(one)) {
            report.error(
                "capabilities",
                format!("A provider that takes payments must also do `{}`.", lacking.name()),
                "Declare it: without it a payment cannot be followed to its end.",
            );
        }
    }
    if CARRYING.iter().any(declares) {
        carrier(agency, report);
    }
}

fn carrier(agency: &Agency, report: &mut Report) {
    for lacking in CARRYING.iter().filter(|one| agency.binding(**one).is_none()) {
        report.error(
            "capabilities",
            format!("A carrier of messages must also do `{}`.", lacking.name()),
            "Declare it: before another carrier gets a message, this one is asked whether it has it.",
        );
    }
    if agency.binding(Capability::MessageSend).is_some_and(|binding| !binding.idempotent) {
        report.error(
            "capabilities.\"message.send\".idempotent",
            "Somebody would be told the same twice: a message is sent again until the carrier says that it has it.",
            "Have the carrier know a repeat by `message` or by `Idempotency-Key`, and write idempotent = true.",
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::{Files, package};

    const WHOLE: &str = include_str!("../../../providers/city-pay/agency.toml");
    const CARRIER: &str = include_str!("../../../providers/city-messenger/agency.toml");

    fn findings(agency: &str) -> String {
        let mut texts = vec![("agency.toml", agency)];
        if agency.contains("maps/statement.jq") {
            texts.push(("maps/statement.jq", "."));
        }
        let files = Files::gather(texts);
        let reading = package::read("city-pay", &files);
        reading.findings.iter().fold(String::new(), |text, finding| format!("{text}{finding}\n"))
    }

    #[test]
    fn whoever_takes_payments_does_the_whole_of_it_and_nobody_else_any() {
        assert_eq!(findings(WHOLE), "");
        let agency = WHOLE.replace("kind = \"provider\"", "kind = \"dept\"");
        assert!(findings(&agency).contains("does not take payments"), "{}", findings(&agency));
        let half = WHOLE.replace("\"pay.refund\"", "\"message.send\"");
        assert!(findings(&half).contains("must also do `pay.refund`"), "{}", findings(&half));
    }

    #[test]
    fn whoever_carries_messages_can_be_asked_after_them_and_knows_a_repeat() {
        assert_eq!(findings(CARRIER), "");
        let agency = CARRIER.replace("kind = \"provider\"", "kind = \"dept\"");
        assert!(findings(&agency).contains("does not carry the city's messages"), "{}", findings(&agency));
        let mute = CARRIER.split("[capabilities.\"message.receipt\"]").next().unwrap_or_default();
        assert!(findings(mute).contains("must also do `message.receipt`"), "{}", findings(mute));
        let forgetful = CARRIER.replace("idempotent = true", "idempotent = false");
        assert!(findings(&forgetful).contains("told the same twice"), "{}", findings(&forgetful));
    }
}
