//! The words for what the package format says with codes.

use yimen_contract::{
    agency::{AgencyKind, Level},
    service::{
        Audience, DayUnit, Days, Delivery, FeeMode, ItemType, Maturity, PaperForm, PaperSource, ServiceKind,
    },
    writing::BulletinKind,
};

use crate::platform::i18n::Texts;

/// Codes in words, as methods of [`Texts`] so that templates read `t.service_kind(card.kind)`.
pub trait Words {
    fn service_kind(self, kind: &ServiceKind) -> &'static str;
    /// What the button that begins such a service says.
    fn start_word(self, kind: &ServiceKind) -> &'static str;
    fn item_type(self, kind: &ItemType) -> &'static str;
    fn audience(self, audience: &Audience) -> &'static str;
    fn level(self, level: &Level) -> &'static str;
    fn days(self, days: &Days) -> String;
    fn delivery(self, delivery: &Delivery) -> &'static str;
    fn fee_mode(self, mode: &FeeMode) -> &'static str;
    /// 10 元, ¥10; with fen only where there are any.
    fn yuan(self, fen: &u64) -> String;
    fn paper_form(self, form: &PaperForm) -> &'static str;
    fn paper_source(self, source: &PaperSource) -> &'static str;
    fn bulletin_kind(self, kind: &BulletinKind) -> &'static str;
    /// The kind as the heading of a group.
    fn agency_kind(self, kind: &AgencyKind) -> &'static str;
    /// The kind of a single agency.
    fn agency_kind_one(self, kind: &AgencyKind) -> &'static str;
    /// What a person needs to be signed in with.
    fn assurance(self, level: &u8) -> &'static str;
    fn visits(self, visits: &u8) -> String;
    fn maturity(self, stage: &Maturity) -> &'static str;
}

impl Words for Texts {
    fn service_kind(self, kind: &ServiceKind) -> &'static str {
        match kind {
            ServiceKind::Query => self.kind_query(),
            ServiceKind::Handle => self.kind_handle(),
            ServiceKind::Booking => self.kind_booking(),
            ServiceKind::Payment => self.kind_payment(),
        }
    }

    fn start_word(self, kind: &ServiceKind) -> &'static str {
        match kind {
            ServiceKind::Query => self.start_query(),
            ServiceKind::Handle => self.start_handle(),
            ServiceKind::Booking => self.start_booking(),
            ServiceKind::Payment => self.start_payment(),
        }
    }

    fn item_type(self, kind: &ItemType) -> &'static str {
        match kind {
            ItemType::Permit => self.item_permit(),
            ItemType::Confirmation => self.item_confirmation(),
            ItemType::Benefit => self.item_benefit(),
            ItemType::Reward => self.item_reward(),
            ItemType::Ruling => self.item_ruling(),
            ItemType::OtherPower => self.item_other_power(),
            ItemType::PublicService => self.item_public_service(),
        }
    }

    fn audience(self, audience: &Audience) -> &'static str {
        match audience {
            Audience::Person => self.audience_person(),
            Audience::Enterprise => self.audience_enterprise(),
            Audience::Both => self.audience_both(),
        }
    }

    fn level(self, level: &Level) -> &'static str {
        match level {
            Level::National => self.level_national(),
            Level::Provincial => self.level_provincial(),
            Level::City => self.level_city(),
            Level::District => self.level_district(),
            Level::Village => self.level_village(),
        }
    }

    fn days(self, days: &Days) -> String {
        match (days.days, days.unit) {
            (0, _) => self.days_at_once().to_owned(),
            (n, DayUnit::Working) => self.days_working(n),
            (n, DayUnit::Calendar) => self.days_calendar(n),
        }
    }

    fn delivery(self, delivery: &Delivery) -> &'static str {
        match delivery {
            Delivery::Electronic => self.delivery_electronic(),
            Delivery::Post => self.delivery_post(),
            Delivery::Counter => self.delivery_counter(),
        }
    }

    fn fee_mode(self, mode: &FeeMode) -> &'static str {
        match mode {
            FeeMode::Free => self.fee_free(),
            FeeMode::Fixed => self.fee_fixed(),
            FeeMode::Variable => self.fee_variable(),
        }
    }

    fn yuan(self, fen: &u64) -> String {
        let (yuan, rest) = (fen / 100, fen % 100);
        self.money(if rest == 0 { yuan.to_string() } else { format!("{yuan}.{rest:02}") })
    }

    fn paper_form(self, form: &PaperForm) -> &'static str {
        match form {
            PaperForm::Electronic => self.paper_electronic(),
            PaperForm::Paper => self.paper_paper(),
            PaperForm::Either => self.paper_either(),
        }
    }

    fn paper_source(self, source: &PaperSource) -> &'static str {
        match source {
            PaperSource::Applicant => self.paper_from_applicant(),
            PaperSource::Shared => self.paper_from_city(),
            PaperSource::SelfMade => self.paper_from_form(),
        }
    }

    fn bulletin_kind(self, kind: &BulletinKind) -> &'static str {
        match kind {
            BulletinKind::News => self.bulletin_news(),
            BulletinKind::Change => self.bulletin_change(),
            BulletinKind::Urgent => self.bulletin_urgent(),
            BulletinKind::Clarification => self.bulletin_clarification(),
        }
    }

    fn agency_kind(self, kind: &AgencyKind) -> &'static str {
        match kind {
            AgencyKind::Dept => self.agency_dept(),
            AgencyKind::Centre => self.agency_centre(),
            AgencyKind::Hospital => self.agency_hospital(),
            AgencyKind::Court => self.agency_court(),
            AgencyKind::Utility => self.agency_utility(),
            AgencyKind::Federation => self.agency_federation(),
            AgencyKind::Operator => self.agency_operator(),
            AgencyKind::Provider => self.agency_provider(),
        }
    }

    fn agency_kind_one(self, kind: &AgencyKind) -> &'static str {
        match kind {
            AgencyKind::Dept => self.agency_one_dept(),
            AgencyKind::Centre => self.agency_one_centre(),
            AgencyKind::Hospital => self.agency_one_hospital(),
            AgencyKind::Court => self.agency_one_court(),
            AgencyKind::Utility => self.agency_one_utility(),
            AgencyKind::Federation => self.agency_one_federation(),
            AgencyKind::Operator => self.agency_one_operator(),
            AgencyKind::Provider => self.agency_one_provider(),
        }
    }

    fn assurance(self, level: &u8) -> &'static str {
        match level {
            0 | 1 => self.assurance_none(),
            2 => self.assurance_account(),
            3 => self.assurance_name(),
            4 => self.assurance_face(),
            _ => self.assurance_counter(),
        }
    }

    fn visits(self, visits: &u8) -> String {
        if *visits == 0 { self.visits_none().to_owned() } else { self.visits_some(*visits) }
    }

    fn maturity(self, stage: &Maturity) -> &'static str {
        match stage {
            Maturity::Information => self.maturity_information(),
            Maturity::Enquiry => self.maturity_enquiry(),
            Maturity::Transaction => self.maturity_transaction(),
            Maturity::Connected => self.maturity_connected(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::i18n::Lang;

    #[test]
    fn days_say_which_days_they_count() {
        let t = Texts::new(Lang::En);
        let working = |days| t.days(&Days { days, unit: DayUnit::Working });
        assert_eq!([working(0), working(1), working(3)], ["On the spot", "1 working day", "3 working days"]);
        assert_eq!(t.days(&Days { days: 30, unit: DayUnit::Calendar }), "30 calendar days");
    }

    #[test]
    fn money_shows_fen_only_where_there_are_any() {
        let t = Texts::new(Lang::Zh);
        assert_eq!([t.yuan(&1000), t.yuan(&250)], ["10 元", "2.50 元"]);
    }
}
