//! Rules for fees: none without a legal basis (Administrative Licence Law, article 58).

use crate::rules::Report;
use crate::rules::words::Length;
use crate::service::{Fee, FeeMode};

pub(crate) fn fee(fee: &Fee, report: &mut Report) {
    report.optional_text("fee.standard", fee.standard.as_ref(), Length::Text);
    report.optional_text("fee.basis", fee.basis.as_ref(), Length::Text);
    match fee.mode {
        FeeMode::Free => {
            if fee.amount_fen.is_some() {
                report.error(
                    "fee.amount_fen",
                    "A free service costs nothing.",
                    "Remove the amount, or change the mode.",
                );
            }
        }
        FeeMode::Fixed => {
            if fee.amount_fen.unwrap_or(0) == 0 {
                report.error(
                    "fee.amount_fen",
                    "A fixed fee needs an amount.",
                    "Write the amount in fen: 10 yuan are 1000.",
                );
            }
            basis(fee, report);
        }
        FeeMode::Variable => {
            if fee.amount_fen.is_some() {
                report.error(
                    "fee.amount_fen",
                    "A variable fee has no single amount.",
                    "Describe the tariff in `standard` instead.",
                );
            }
            if fee.standard.is_none() {
                report.error(
                    "fee.standard",
                    "A variable fee needs its tariff in words.",
                    "Say what costs how much.",
                );
            }
            basis(fee, report);
        }
    }
}

fn basis(fee: &Fee, report: &mut Report) {
    if fee.basis.is_none() {
        report.error(
            "fee.basis",
            "There is no fee without a legal basis.",
            "Name the rule that sets this fee.",
        );
    }
}
