//! Rules for packages of providers: whoever takes payments does the whole of it, and nobody else does any of it.

use crate::agency::{Agency, AgencyKind};
use crate::capability::Capability;
use crate::rules::{Around, Report};

/// What belongs to taking payments. One without the others is money that nobody can ask after.
const PAYING: [Capability; 4] =
    [Capability::PayCreate, Capability::PayQuery, Capability::PayRefund, Capability::PayStatement];

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
}

#[cfg(test)]
mod tests {
    use crate::{Files, package};

    const WHOLE: &str = include_str!("../../../providers/city-pay/agency.toml");

    fn findings(agency: &str) -> String {
        let files = Files::gather([("agency.toml", agency), ("maps/statement.jq", ".")]);
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
}
