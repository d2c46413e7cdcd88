//! What the hall's public pages show: home, about the portal, display settings, open data, the components.

mod about;
mod admin;
mod check;
mod components;
mod display;
mod home;
mod inquiries;
mod looks;
mod me;
mod privacy;
mod resume;
mod rules;
mod verify;

#[cfg(test)]
mod admin_samples;
#[cfg(test)]
mod rules_samples;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

pub use about::{AboutView, AccessibilityView, OpenFile, OpenView, SiteMapView};
pub use admin::{
    AdminView, AuditRow, AuditView, CalendarView, ChainRow, DeadJobView, DeadRow, JobsView, KindRow, Need,
    NeedGroup, NodeView, ScheduleRow, SpanRow, WishRow,
};
pub use check::{CheckView, CheckedFact, CheckedFile, CheckedView};
pub use components::{Bar, ComponentsView};
pub use display::DisplayView;
pub use home::{HomeView, Numbers, Urgent};
pub use inquiries::{
    AnswerRow, ClockLine, InquiriesView, InquiryLine, InquiryView, MyInquiryView, OpenedRow,
};
pub use looks::{AskedRow, LookRow, LooksView};
pub use me::{MeLink, MeView};
pub use privacy::{
    ConsentRow, EraseView, ExportView, FieldRow, PrivacyView, RecordRow, RequestRow, SectionRow,
};
pub use resume::{ResumeView, StayView};
pub use rules::{ChangeRow, NextRow, RuleGroup, RuleHistoryView, RuleRow, RuleView, RuleWish, RulesView};
pub use verify::{VerifyWaysView, Way};
