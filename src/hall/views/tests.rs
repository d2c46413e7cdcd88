//! Every page of the portal, rendered from its sample: in both languages and both text sizes what every page
//! owes its reader is checked, and what it looks like is kept as a snapshot.
//!
//! After a wanted change: `INSTA_UPDATE=always cargo nextest run -E 'test(views::tests)'`, then read the
//! difference.

use std::collections::HashSet;

use askama::Template;
use scraper::{Html, Selector};

use super::{
    AboutView, AccessibilityView, AdminView, AuditView, CalendarView as CityCalendarView, CheckView,
    ComponentsView, DeadJobView, DisplayView, EraseView, HomeView, InquiriesView, InquiryView, JobsView,
    LooksView, MeView, MyInquiryView, NodeView, OpenView, PrivacyView, ResumeView, RuleHistoryView, RuleView,
    RulesView, SiteMapView, StayView, VerifyWaysView,
};
use crate::{
    accounts::{
        acting::views::{ActingView, ChildView, CompanyView, GrantView, PersonView},
        staff::views::{
            AccountView, BreachView, CircularView, CircularsView, CitizenView, ClaimView, ClaimsView,
            DeskView, GoneView, JoinView, JoinedView, LinkView, MemberView, PeopleView,
        },
        views::{RecoveryView, SecurityView, TotpView},
    },
    agencies::views::{
        BindingsView, ChooseView, SiteView, SitesView,
        packages::{ConsoleView, HistoryView, ImportView, PackageView, VersionView},
        review::{ApplicationView, FunnelView, QueueView, ReviewView},
    },
    bookings::{
        load_views::LoadView,
        views::{
            BookingsView, CalendarView, CalendarsView, ChooseView as ChooseTimeView,
            ReviewView as BookingReview, TicketView,
        },
    },
    cases::{
        desk::{
            ahead_views::AheadView,
            copies::{CopiedView, CopiesView},
            views::{CopyView, CounterFormView, DeskCaseView, DeskView as CaseDeskView, ReceiptView},
        },
        notes::views::{NotedView, NotesDeskView, NotesView},
        papers::views::PapersView,
        together::views::{ChooseView as ChoosePartsView, TogetherView},
        views::{
            BeginView, CaseView, CasesView, CorrectView, DecisionFileView, DecisionView, FillView,
            ReviewView as SummaryView,
        },
    },
    catalogue::views::{
        AgenciesView, AgencyView, AskView, BulletinView, BulletinsView, DistrictView,
        DistrictsView as PlacesView, DomainView, DomainsView, EventView, EventsView, GuideView, LeaveView,
        OpenSearchView, OpenedView, PoliciesView, PolicyView, RetiredView, SearchView, StartView, ZoneView,
        ZonesView,
    },
    following::views::FollowView,
    gateway::views::{
        AgenciesView as BackendsView, CallsView, HealthView, MaintenanceView, ProposalView, SanctionsView,
    },
    households::views::{
        DeskView as HouseholdsView, FiguresView as HelpedView, MineView as OwnHouseholdView,
        OneView as HouseholdView,
    },
    notices::views::{
        ChoicesView, DeskView as NoticesDeskView, NoticeView, NoticesView, OutletsView, PrincipalChoicesView,
        StopView,
    },
    payments::views::{DeskView as TillDeskView, DuesView, OrderView, PaymentsView, ReceiptView as PaidView},
    platform::i18n::{Lang, Texts},
    ratings::{
        scores::{
            district_views::DistrictsView,
            domain_views::DomainCardView,
            funnel::views::FunnelView as WayView,
            portal_views::PortalView,
            report_views::ReportView,
            usage_views::UseView,
            views::{AdminView as QualityView, AgencyCardView, LeagueView, ServiceCardView},
        },
        views::{
            CodeView, DeskView as RatingsDeskView, MineView as RatingsView, OneView as RatingView,
            PublicView as ScoresView, RateView,
        },
    },
    reminders::views::{BalanceView, DateView, DatesView, YearlyView},
    sso::{
        provider::views::{ConsentView, LeaveView as LeaveSitesView, LeftView, OnwardView, RefusedView},
        upstream::{NationalListView, NationalView},
    },
    surveys::views::{
        AnswersView, DesignView, DeskView as SurveyDeskView, FilesView as SurveyFilesView, ResultsView,
        SurveyView, SurveysView,
    },
    voice::overview_views::OverviewView,
    voice::topic_views::TopicsView,
    voice::views::{
        AnswersView as VoiceAnswersView, AuthorView, ChooseView as VoiceChooseView, DeskOrderView,
        DeskView as VoiceDeskView, DraftsView, FormView as VoiceFormView, MineView as VoiceMineView,
        OrderView as VoiceOrderView, SentView,
    },
    wallet::views::{AddView, DocumentView, ProofView, WalletView},
    web::frame::{FailureView, Frame, Look, StepView},
};

/// A page: its name, its address, and how to render its sample.
struct Sample {
    name: &'static str,
    path: &'static str,
    render: fn(Frame) -> String,
}

macro_rules! sample {
    ($name:literal, $path:literal, $view:ident :: $make:ident) => {
        Sample { name: $name, path: $path, render: |frame| $view::$make(frame).render().unwrap() }
    };
}

const PAGES: &[Sample] = &[
    sample!("home", "/", HomeView::sample),
    sample!("home-first-day", "/", HomeView::sample_first_day),
    sample!("about", "/about", AboutView::sample),
    sample!("accessibility", "/accessibility", AccessibilityView::sample),
    sample!("sitemap", "/sitemap", SiteMapView::sample),
    sample!("open", "/open", OpenView::sample),
    sample!("display", "/display", DisplayView::sample),
    sample!("display-saved", "/display?saved=1", DisplayView::sample_saved),
    sample!("display-wrong", "/display", DisplayView::sample_wrong),
    sample!("components", "/components", ComponentsView::sample),
    sample!("resume", "/resume/0193", ResumeView::sample),
    sample!("resume-for-another", "/resume/0193", ResumeView::sample_for_another),
    sample!("stay", "/me/stay", StayView::sample),
    sample!("stay-longest", "/me/stay", StayView::sample_longest),
    sample!("verify-ways", "/me/verify?level=4", VerifyWaysView::sample),
    sample!("case-begin", "/services/YZ13022/start", BeginView::sample),
    sample!("case-begin-barred", "/services/YZ13022/start", BeginView::sample_barred),
    sample!("case-papers", "/services/YZ13022/apply/0193/papers", PapersView::sample),
    sample!("case-papers-missing", "/services/YZ13022/apply/0193/papers", PapersView::sample_missing),
    sample!("case-fill", "/services/YZ13022/apply/0193/pages/cert_number", FillView::sample),
    sample!("case-fill-short", "/services/YZ02015/apply/0193/pages/driver", FillView::sample_short),
    sample!("case-review-barred", "/services/YZ02015/apply/0193/review", SummaryView::sample_barred),
    sample!("case-review", "/services/YZ13022/apply/0193/review", SummaryView::sample),
    sample!("case-review-unfinished", "/services/YZ13022/apply/0193/review", SummaryView::sample_unfinished),
    sample!("cases", "/me/cases", CasesView::sample),
    sample!("together-choose", "/events/newborn/apply", ChoosePartsView::sample),
    sample!("together-choose-none", "/events/newborn/apply", ChoosePartsView::sample_none),
    sample!("together", "/me/together/0193", TogetherView::sample),
    sample!("together-ready", "/me/together/0193", TogetherView::sample_ready),
    sample!("together-empty", "/me/together/0193", TogetherView::sample_empty),
    sample!("cases-empty", "/me/cases", CasesView::sample_empty),
    sample!("case", "/me/cases/2026-7KQ3-MFXD", CaseView::sample),
    sample!("case-queued", "/me/cases/2026-7KQ3-MFXD", CaseView::sample_queued),
    sample!("case-away", "/me/cases/2026-7KQ3-MFXD", CaseView::sample_away),
    sample!("case-ready", "/me/cases/2026-7KQ3-MFXD", CaseView::sample_ready),
    sample!("case-posted", "/me/cases/2026-7KQ3-MFXD", CaseView::sample_posted),
    sample!("case-correction", "/me/cases/2026-7KQ3-MFXD", CaseView::sample_correction),
    sample!("case-correct", "/me/cases/2026-7KQ3-MFXD/correct", CorrectView::sample),
    sample!("case-correct-papers", "/me/cases/2026-7KQ3-MFXD/correct", CorrectView::sample_papers),
    sample!("case-correct-wrong", "/me/cases/2026-7KQ3-MFXD/correct", CorrectView::sample_wrong),
    sample!("decision", "/me/cases/2026-7KQ3-MFXD/decision", DecisionView::sample),
    sample!("decision-imposed", "/me/cases/2026-7KQ3-MFXD/decision", DecisionView::sample_imposed),
    sample!("desk-cases", "/agency/cases", CaseDeskView::sample),
    sample!("desk-cases-empty", "/agency/cases", CaseDeskView::sample_empty),
    sample!("desk-case", "/agency/cases/2026-7KQ3-MFXD", DeskCaseView::sample),
    sample!("desk-case-mine", "/agency/cases/2026-7KQ3-MFXD", DeskCaseView::sample_mine),
    sample!("desk-counter", "/agency/counter", CounterFormView::sample),
    sample!("notes", "/services/YZ20005/start", NotesView::sample),
    sample!("notes-mine", "/services/YZ15003/start", NotesView::sample_mine),
    sample!("notes-none", "/services/YZ20005/start", NotesView::sample_empty),
    sample!("notes-none-mine", "/services/YZ15003/start", NotesView::sample_none_mine),
    sample!("notes-desk", "/agency/notes", NotesDeskView::sample),
    sample!("notes-desk-none", "/agency/notes", NotesDeskView::sample_empty),
    sample!("noted", "/agency/notes/YZ20005", NotedView::sample),
    sample!("desk-copy", "/agency/cases/2026-7KQ3-MFXD", CopyView::sample),
    sample!("desk-copy-open", "/agency/cases/2026-7KQ3-MFXD", CopyView::sample_open),
    sample!("desk-copies", "/agency/copies", CopiesView::sample),
    sample!("desk-copies-none", "/agency/copies", CopiesView::sample_none),
    sample!("desk-copied", "/agency/copies/2026-7KQ3-MFXD", CopiedView::sample),
    sample!("desk-receipt", "/agency/counter/hand-in", ReceiptView::sample),
    sample!("admin-due", "/admin/due", AheadView::sample),
    sample!("admin-due-none", "/admin/due", AheadView::sample_none),
    sample!("desk-case-failed", "/agency/cases/2026-7KQ3-MFXD", DeskCaseView::sample_failed),
    sample!("case-granted", "/me/cases/2026-7KQ3-MFXD", CaseView::sample_granted),
    sample!("case-paid", "/me/cases/2026-7KQ3-MFXD", CaseView::sample_paid),
    sample!("case-refused", "/me/cases/2026-7KQ3-MFXD", CaseView::sample_refused),
    sample!("booking-choose", "/services/YZ07011/start", ChooseTimeView::sample),
    sample!("booking-choose-away", "/services/YZ07011/start", ChooseTimeView::sample_away),
    sample!("booking-choose-full", "/services/YZ07011/start", ChooseTimeView::sample_full),
    sample!("booking-review", "/services/YZ07011/apply/0193/review", BookingReview::sample),
    sample!("booking-review-over", "/services/YZ07011/apply/0193/review", BookingReview::sample_over),
    sample!("bookings", "/me/bookings", BookingsView::sample),
    sample!("bookings-empty", "/me/bookings", BookingsView::sample_empty),
    sample!("booking", "/me/bookings/2026-7KQ3-MFXD", TicketView::sample),
    sample!("booking-asked", "/me/bookings/2026-7KQ3-MFXD", TicketView::sample_asked),
    sample!("booking-away", "/me/bookings/2026-7KQ3-MFXD", TicketView::sample_away),
    sample!("booking-returning", "/me/bookings/2026-7KQ3-MFXD", TicketView::sample_returning),
    sample!("booking-kept", "/me/bookings/2026-7KQ3-MFXD", TicketView::sample_kept),
    sample!("booking-stopped", "/me/bookings/2026-7KQ3-MFXD", TicketView::sample_stopped),
    sample!("agency-calendars", "/agency/calendar", CalendarsView::sample),
    sample!("agency-calendar", "/agency/calendar/YZ15014", CalendarView::sample),
    sample!("agency-load", "/agency/calendar/YZ15014/load", LoadView::sample),
    sample!("agency-load-none", "/agency/calendar/YZ15014/load", LoadView::sample_none),
    sample!("notices", "/me/notices", NoticesView::sample),
    sample!("notices-empty", "/me/notices", NoticesView::sample_empty),
    sample!("notice", "/me/notices/0193", NoticeView::sample),
    sample!("notice-choices", "/me/notices/choices", ChoicesView::sample),
    sample!("notices-follow", "/me/notices/follow", FollowView::sample),
    sample!("notices-follow-none", "/me/notices/follow", FollowView::sample_none),
    sample!("notices-desk", "/admin/notices", NoticesDeskView::sample),
    sample!("notices-desk-none", "/admin/notices", NoticesDeskView::sample_none),
    sample!("notice-choices-for", "/me/notices/choices/0193", PrincipalChoicesView::sample),
    sample!("notices-outlets", "/me/notices/outlets", OutletsView::sample),
    sample!("notices-outlets-secret", "/me/notices/outlets", OutletsView::sample_secret),
    sample!("notices-stop", "/notices/stop/x", StopView::sample),
    sample!("notices-stopped", "/notices/stop/x", StopView::sample_done),
    sample!("wallet", "/me/wallet", WalletView::sample),
    sample!("wallet-empty", "/me/wallet", WalletView::sample_empty),
    sample!("wallet-document", "/me/wallet/0193", DocumentView::sample),
    sample!("wallet-gone", "/me/wallet/0193", DocumentView::sample_gone),
    sample!("wallet-own", "/me/wallet/0193", DocumentView::sample_own),
    sample!("wallet-proof", "/me/wallet/0193/proofs/0194", ProofView::sample),
    sample!("wallet-paper", "/me/wallet/0193/proofs/0194", ProofView::sample_paper),
    sample!("wallet-add", "/me/wallet/add", AddView::sample),
    sample!("wallet-wrong", "/me/wallet/add", AddView::sample_wrong),
    sample!("dates", "/me/reminders", DatesView::sample),
    sample!("dates-wrong", "/me/reminders", DatesView::sample_wrong),
    sample!("yearly", "/me/reminders/yearly/YZ14008", YearlyView::sample),
    sample!("date", "/me/reminders/0193", DateView::sample),
    sample!("date-own", "/me/reminders/0193", DateView::sample_own),
    sample!("balance", "/admin/balance", BalanceView::sample),
    sample!("ratings", "/me/ratings", RatingsView::sample),
    sample!("ratings-none", "/me/ratings", RatingsView::sample_none),
    sample!("rate", "/me/ratings/case/2026-7KQ3-MFXD", RateView::sample),
    sample!("rate-code", "/agency/ratings/code", CodeView::sample),
    sample!("rate-missing", "/me/ratings/case/2026-7KQ3-MFXD", RateView::sample_missing),
    sample!("rate-add", "/me/ratings/case/2026-7KQ3-MFXD", RateView::sample_add),
    sample!("rate-over", "/me/ratings/case/2026-7KQ3-MFXD", RateView::sample_over),
    sample!("rate-answered", "/me/ratings/case/2026-7KQ3-MFXD", RateView::sample_answered),
    sample!("rate-aside", "/me/ratings/case/2026-7KQ3-MFXD", RateView::sample_aside),
    sample!("my-household", "/me/households", OwnHouseholdView::sample),
    sample!("my-household-none", "/me/households", OwnHouseholdView::sample_none),
    sample!("households", "/agency/households", HouseholdsView::sample),
    sample!("households-none", "/agency/households", HouseholdsView::sample_none),
    sample!("household", "/agency/households/0193", HouseholdView::sample),
    sample!("household-ended", "/agency/households/0193", HouseholdView::sample_ended),
    sample!("households-helped", "/admin/households", HelpedView::sample),
    sample!("households-helped-none", "/admin/households", HelpedView::sample_none),
    sample!("ratings-desk", "/agency/ratings", RatingsDeskView::sample),
    sample!("ratings-desk-above", "/admin/ratings", RatingsDeskView::sample_above),
    sample!("rating", "/agency/ratings/0193", RatingView::sample),
    sample!("rating-above", "/admin/ratings/0193", RatingView::sample_above),
    sample!("ratings-public", "/services/YZ13022/ratings", ScoresView::sample),
    sample!("ratings-agency", "/agencies/transport/ratings", ScoresView::sample_agency),
    sample!("ratings-public-none", "/services/YZ13022/ratings", ScoresView::sample_none),
    sample!("quality", "/quality", LeagueView::sample),
    sample!("quality-domain", "/quality?domain=D13", LeagueView::sample_domain),
    sample!("quality-none", "/quality", LeagueView::sample_none),
    sample!("quality-districts", "/quality?by=district", DistrictsView::sample),
    sample!("quality-district", "/quality/districts/990101", DistrictsView::sample_one),
    sample!("quality-districts-none", "/quality?by=district", DistrictsView::sample_none),
    sample!("quality-domain-card", "/quality/domains/D13", DomainCardView::sample),
    sample!("quality-domain-card-none", "/quality/domains/D13", DomainCardView::sample_none),
    sample!("quality-agency", "/quality/agencies/transport", AgencyCardView::sample),
    sample!("quality-desk", "/agency/quality", AgencyCardView::sample_desk),
    sample!("quality-service", "/quality/services/YZ13022", ServiceCardView::sample),
    sample!("quality-service-none", "/quality/services/YZ13022", ServiceCardView::sample_none),
    sample!("quality-admin", "/admin/quality", QualityView::sample),
    sample!("quality-admin-wrong", "/admin/quality", QualityView::sample_wrong),
    sample!("quality-admin-none", "/admin/quality", QualityView::sample_none),
    sample!("quality-report", "/admin/quality/report/2026-11", ReportView::sample),
    sample!("quality-report-quiet", "/admin/quality/report/2026-11", ReportView::sample_quiet),
    sample!("quality-survey", "/admin/quality/survey", PortalView::sample),
    sample!("quality-survey-none", "/admin/quality/survey", PortalView::sample_none),
    sample!("voice-overview", "/admin/voice", OverviewView::sample),
    sample!("voice-overview-none", "/admin/voice", OverviewView::sample_none),
    sample!("voice-topics", "/admin/voice/topics", TopicsView::sample),
    sample!("voice-topics-none", "/admin/voice/topics", TopicsView::sample_none),
    sample!("quality-funnel", "/admin/funnel/services?month=2026-11", WayView::sample),
    sample!("quality-use", "/admin/use", UseView::sample),
    sample!("quality-use-none", "/admin/use", UseView::sample_none),
    sample!("quality-funnel-none", "/admin/funnel/services", WayView::sample_none),
    sample!("voice", "/voice?q=x", VoiceChooseView::sample),
    sample!("voice-nothing", "/voice?q=x", VoiceChooseView::sample_nothing),
    sample!("voice-answers", "/voice/answers", VoiceAnswersView::sample),
    sample!("voice-answers-none", "/voice/answers?q=x", VoiceAnswersView::sample_none),
    sample!("voice-form", "/voice/report/new", VoiceFormView::sample),
    sample!("voice-form-wrong", "/voice/tip-off/guest", VoiceFormView::sample_wrong),
    sample!("voice-sent", "/voice/report/guest", SentView::sample),
    sample!("voice-mine", "/me/voice", VoiceMineView::sample),
    sample!("voice-mine-none", "/me/voice", VoiceMineView::sample_none),
    sample!("voice-order", "/me/voice/2026-7KQ3-MFXD", VoiceOrderView::sample),
    sample!("voice-order-answered", "/voice/progress", VoiceOrderView::sample_answered),
    sample!("voice-order-not-taken", "/me/voice/2026-7KQ3-MFXD", VoiceOrderView::sample_not_taken),
    sample!("voice-desk", "/agency/voice", VoiceDeskView::sample),
    sample!("voice-desk-empty", "/agency/voice", VoiceDeskView::sample_empty),
    sample!("voice-desk-order", "/agency/voice/2026-7KQ3-MFXD", DeskOrderView::sample),
    sample!("voice-desk-dispute", "/agency/voice/2026-7KQ3-MFXD", DeskOrderView::sample_dispute),
    sample!("voice-desk-secret", "/agency/voice/2026-7KQ3-MFXD", DeskOrderView::sample_secret),
    sample!("voice-author", "/agency/voice/author", AuthorView::sample),
    sample!("voice-author-shown", "/agency/voice/author", AuthorView::sample_shown),
    sample!("voice-drafts", "/agency/voice/answers", DraftsView::sample),
    sample!("voice-drafts-none", "/agency/voice/answers", DraftsView::sample_none),
    sample!("surveys", "/surveys", SurveysView::sample),
    sample!("surveys-empty", "/surveys", SurveysView::sample_empty),
    sample!("survey", "/surveys/0193", SurveyView::sample),
    sample!("survey-answered", "/surveys/0193", SurveyView::sample_answered),
    sample!("survey-acting", "/surveys/0193", SurveyView::sample_acting),
    sample!("survey-over", "/surveys/0193", SurveyView::sample_over),
    sample!("survey-form", "/surveys/0193/answer", SurveyView::sample_form),
    sample!("survey-wrong", "/surveys/0193/answer", SurveyView::sample_wrong),
    sample!("survey-form-files", "/surveys/0193/answer", SurveyView::sample_files),
    sample!("survey-files", "/surveys/0193/files", SurveyFilesView::sample),
    sample!("survey-files-wrong", "/surveys/0193/files", SurveyFilesView::sample_wrong),
    sample!("service-retired", "/services/YZ27999", RetiredView::sample),
    sample!("opened", "/agency/writing", OpenedView::sample),
    sample!("opened-none", "/agency/writing", OpenedView::sample_none),
    sample!("survey-desk", "/agency/surveys", SurveyDeskView::sample),
    sample!("survey-desk-empty", "/agency/surveys", SurveyDeskView::sample_empty),
    sample!("survey-design", "/agency/surveys/0193", DesignView::sample),
    sample!("survey-design-new", "/agency/surveys/0193", DesignView::sample_new),
    sample!("survey-results", "/agency/surveys/0193", ResultsView::sample),
    sample!("survey-results-cleared", "/agency/surveys/0193", ResultsView::sample_cleared),
    sample!("survey-answers", "/agency/surveys/0193/answers", AnswersView::sample),
    sample!("survey-answers-files", "/agency/surveys/0193/answers", AnswersView::sample_files),
    sample!("survey-answers-unnamed", "/agency/surveys/0193/answers", AnswersView::sample_unnamed),
    sample!("dues", "/services/YZ17010/start", DuesView::sample),
    sample!("dues-changed", "/services/YZ17010/pay", DuesView::changed),
    sample!("dues-away", "/services/YZ17010/start", DuesView::away),
    sample!("dues-barred", "/services/YZ17010/start", DuesView::barred),
    sample!("payments", "/me/payments", PaymentsView::sample),
    sample!("payment", "/me/payments/P-2026-7KQ3-MFXD", OrderView::sample),
    sample!("payment-settled", "/me/payments/P-2026-7KQ3-MFXD", OrderView::settled),
    sample!("payment-with-staff", "/me/payments/P-2026-7KQ3-MFXD", OrderView::with_staff),
    sample!("payment-expired", "/me/payments/P-2026-7KQ3-MFXD", OrderView::expired),
    sample!("check", "/verify/7KQ3-MFXD-7KQ3-MFXE", CheckView::sample),
    sample!("check-decision", "/verify/0123-4567-89AB-CDEF-GHJK", CheckView::decision),
    sample!("check-void", "/verify/7KQ3-MFXD-7KQ3-MFXE", CheckView::void),
    sample!("check-unknown", "/verify/7KQ3-MFXD-7KQ3-MFXE", CheckView::unknown),
    sample!("check-file", "/verify", CheckView::file),
    sample!("check-file-wrong", "/verify", CheckView::file_wrong),
    sample!("check-file-missing", "/verify", CheckView::file_missing),
    sample!("admin-payments", "/admin/payments", TillDeskView::sample),
    sample!("admin-payments-none", "/admin/payments", TillDeskView::none),
    sample!("receipt", "/me/payments/P-2026-7KQ3-MFXD/receipt", PaidView::sample),
    sample!("acting", "/me/acting", ActingView::sample),
    sample!("acting-empty", "/me/acting", ActingView::sample_empty),
    sample!("acting-over", "/me/acting", ActingView::sample_over),
    sample!("acting-grant", "/me/acting/grant", GrantView::sample),
    sample!("acting-grant-wrong", "/me/acting/grant", GrantView::sample_wrong),
    sample!("acting-child", "/me/acting/child", ChildView::sample),
    sample!("acting-company", "/me/acting/company", CompanyView::sample),
    sample!("acting-person", "/me/acting/person", PersonView::sample),
    sample!("breach", "/me/breach", BreachView::sample),
    sample!("staff-desk", "/staff", DeskView::sample),
    sample!("circulars", "/staff/circulars", CircularsView::sample),
    sample!("circulars-none", "/staff/circulars", CircularsView::sample_none),
    sample!("circular", "/staff/circulars/0193", CircularView::sample),
    sample!("circular-confirmed", "/staff/circulars/0193", CircularView::sample_confirmed),
    sample!("staff-join", "/staff/join", JoinView::sample),
    sample!("staff-gone", "/staff/join", GoneView::sample),
    sample!("staff-joined", "/staff/join", JoinedView::sample),
    sample!("staff-account", "/staff/account", AccountView::sample),
    sample!("staff-invited", "/admin/people/invite", LinkView::sample),
    sample!("staff-citizen", "/staff/counter", CitizenView::sample),
    sample!("staff-people", "/admin/people", PeopleView::sample),
    sample!("staff-member", "/admin/people/0193", MemberView::sample),
    sample!("staff-claims", "/staff/claims", ClaimsView::sample),
    sample!("staff-claims-empty", "/staff/claims", ClaimsView::sample_empty),
    sample!("staff-claim", "/staff/claims/look", ClaimView::sample),
    sample!("inquiries", "/staff/requests", InquiriesView::sample),
    sample!("inquiries-empty", "/staff/requests", InquiriesView::sample_empty),
    sample!("inquiry", "/staff/requests/0193", InquiryView::sample),
    sample!("inquiry-wrong", "/staff/requests/0193", InquiryView::sample_wrong),
    sample!("inquiry-above", "/staff/requests/0193", InquiryView::sample_above),
    sample!("my-inquiry", "/me/requests/0193", MyInquiryView::sample),
    sample!("my-inquiry-above", "/me/requests/0193", MyInquiryView::sample_above),
    sample!("agency-sites", "/agency/sites", SitesView::sample),
    sample!("agency-sites-empty", "/agency/sites", SitesView::sample_empty),
    sample!("agency-site", "/agency/sites/0193", SiteView::sample),
    sample!("agency-site-shut", "/agency/sites/0193", SiteView::sample_shut),
    sample!("backend-choose", "/agency/health", ChooseView::sample),
    sample!("backend-bindings", "/agency/bindings?agency=gas", BindingsView::sample),
    sample!("backend-bindings-none", "/agency/bindings?agency=gas", BindingsView::sample_bare),
    sample!("admin-sanctions", "/admin/sanctions", SanctionsView::sample),
    sample!("admin-sanctions-none", "/admin/sanctions", SanctionsView::sample_none),
    sample!("admin-proposal", "/admin/agencies/gas/sanctions/0193/decide", ProposalView::sample),
    sample!("admin-proposal-own", "/admin/agencies/gas/sanctions/0193/decide", ProposalView::sample_own),
    sample!("backend-health", "/admin/agencies/gas/health", HealthView::sample),
    sample!("backend-health-quiet", "/agency/health?agency=gas", HealthView::sample_quiet),
    sample!("backend-calls", "/agency/calls?agency=gas", CallsView::sample),
    sample!("backend-calls-none", "/agency/calls?agency=gas", CallsView::sample_none),
    sample!("backend-maintenance", "/agency/maintenance?agency=gas", MaintenanceView::sample),
    sample!("backend-maintenance-open", "/agency/maintenance?agency=gas", MaintenanceView::sample_open),
    sample!("backend-maintenance-none", "/agency/maintenance?agency=gas", MaintenanceView::sample_none),
    sample!("backends", "/admin/agencies", BackendsView::sample),
    sample!("agency-console", "/agency", ConsoleView::sample),
    sample!("agency-console-empty", "/agency", ConsoleView::sample_empty),
    sample!("agency-package", "/agency/packages/library", PackageView::sample),
    sample!("agency-package-refused", "/agency/packages/library", PackageView::sample_refused),
    sample!("agency-package-new", "/agency/packages/library", PackageView::sample_new),
    sample!("agency-version", "/agency/packages/library/versions/2", VersionView::sample),
    sample!("agency-version-running", "/agency/packages/library/versions/2", VersionView::sample_running),
    sample!("agency-version-faulty", "/agency/packages/library/versions/2", VersionView::sample_faulty),
    sample!("agency-version-checked", "/agency/packages/library/versions/2", VersionView::sample_checked),
    sample!("agency-history", "/agency/packages/library/history", HistoryView::sample),
    sample!("agency-import", "/agency/packages/library/imports/0193", ImportView::sample),
    sample!("agency-import-running", "/agency/packages/library/imports/0193", ImportView::sample_running),
    sample!("agency-import-failed", "/agency/packages/library/imports/0193", ImportView::sample_failed),
    sample!("admin", "/admin", AdminView::sample),
    sample!("admin-quiet", "/admin", AdminView::sample_quiet),
    sample!("admin-jobs", "/admin/jobs?kind=notices.send", JobsView::sample),
    sample!("admin-jobs-quiet", "/admin/jobs", JobsView::sample_quiet),
    sample!("admin-dead-job", "/admin/jobs/0193", DeadJobView::sample),
    sample!("admin-dead-job-asked", "/admin/jobs/0193", DeadJobView::sample_asked),
    sample!("admin-dead-job-own", "/admin/jobs/0193", DeadJobView::sample_own),
    sample!("admin-audit", "/admin/audit?source=staff", AuditView::sample),
    sample!("admin-audit-broken", "/admin/audit", AuditView::sample_broken),
    sample!("admin-audit-new", "/admin/audit", AuditView::sample_new),
    sample!("admin-health", "/admin/health", NodeView::sample),
    sample!("admin-health-well", "/admin/health", NodeView::sample_well),
    sample!("admin-calendar", "/admin/calendar", CityCalendarView::sample),
    sample!("admin-calendar-unpublished", "/admin/calendar?year=2027", CityCalendarView::sample_unpublished),
    sample!("admin-policy", "/admin/policy", RulesView::sample),
    sample!("admin-policy-rule", "/admin/policy/contact-due", RuleView::sample),
    sample!("admin-policy-rule-asked", "/admin/policy/contact-due", RuleView::sample_asked),
    sample!("admin-policy-rule-own", "/admin/policy/contact-due", RuleView::sample_own),
    sample!("admin-policy-history", "/admin/policy/history", RuleHistoryView::sample),
    sample!("admin-policy-history-none", "/admin/policy/history", RuleHistoryView::sample_none),
    sample!("admin-queue", "/admin/packages", QueueView::sample),
    sample!("admin-queue-empty", "/admin/packages", QueueView::sample_empty),
    sample!("admin-application", "/admin/packages/applications/0193", ApplicationView::sample),
    sample!("admin-application-own", "/admin/packages/applications/0193", ApplicationView::sample_own),
    sample!("admin-review", "/admin/packages/library/2", ReviewView::sample),
    sample!("admin-review-own", "/admin/packages/library/2", ReviewView::sample_own),
    sample!("admin-funnel", "/admin/funnel", FunnelView::sample),
    sample!("domains", "/domains", DomainsView::sample),
    sample!("domain", "/domains/D02", DomainView::sample),
    sample!("domain-class", "/domains/D02/D02-01", DomainView::sample_class),
    sample!("guide", "/services/YZ02022", GuideView::sample),
    sample!("guide-short", "/services/YZ02022", GuideView::sample_short),
    sample!("guide-closed", "/services/YZ02022", GuideView::sample_closed),
    sample!("guide-preview", "/admin/packages/library/2/preview/YZ02022", GuideView::sample_preview),
    sample!("start-closed", "/services/YZ02022/start", StartView::sample_closed),
    sample!("ask-preview", "/admin/packages/library/2/preview/YZ02001/start", AskView::sample_preview),
    sample!("start", "/services/YZ02022/start", StartView::sample),
    sample!("start-bare", "/services/YZ02022/start", StartView::sample_bare),
    sample!("ask", "/services/YZ02001/start", AskView::sample),
    sample!("ask-wrong", "/services/YZ02001/start", AskView::sample_wrong),
    sample!("ask-barred", "/services/YZ02001/start", AskView::sample_barred),
    sample!("ask-closed", "/services/YZ02001/start", AskView::sample_closed),
    sample!("ask-found", "/services/YZ02001/start", AskView::sample_found),
    sample!("ask-earlier", "/services/YZ02001/start", AskView::sample_earlier),
    sample!("ask-nothing", "/services/YZ02001/start", AskView::sample_nothing),
    sample!("ask-away", "/services/YZ02001/start", AskView::sample_away),
    sample!("ask-open", "/services/YZ02001/start", AskView::sample_open),
    sample!("leave", "/services/YZ02022/start", LeaveView::sample),
    sample!("leave-trouble", "/services/YZ02022/start", LeaveView::sample_trouble),
    sample!("step", "/sign-in", StepView::sample),
    sample!("step-done", "/sign-in", StepView::sample_done),
    sample!("step-wrong", "/sign-in", StepView::sample_wrong),
    sample!("looks", "/me/looks", LooksView::sample),
    sample!("looks-none", "/me/looks", LooksView::sample_none),
    sample!("privacy", "/me/privacy", PrivacyView::sample),
    sample!("privacy-bare", "/me/privacy", PrivacyView::sample_bare),
    sample!("erase", "/me/privacy/erase", EraseView::sample),
    sample!("erase-wrong", "/me/privacy/erase", EraseView::sample_wrong),
    sample!("me", "/me", MeView::sample),
    sample!("me-new", "/me", MeView::sample_new),
    sample!("security", "/me/security", SecurityView::sample),
    sample!("security-bare", "/me/security", SecurityView::sample_bare),
    sample!("totp", "/me/security/totp", TotpView::sample),
    sample!("recovery", "/me/security/codes", RecoveryView::sample),
    sample!("search", "/search?q=%E9%A9%BE%E7%85%A7&agency=traffic-police", SearchView::sample),
    sample!("search-nothing", "/search?q=x", SearchView::sample_nothing),
    sample!("events", "/events", EventsView::sample),
    sample!("event", "/events/birth", EventView::sample),
    sample!("event-empty", "/events/birth", EventView::sample_empty),
    sample!("districts", "/districts", PlacesView::sample),
    sample!("districts-none", "/districts", PlacesView::sample_none),
    sample!("district", "/districts/990101", DistrictView::sample),
    sample!("district-bare", "/districts/990101", DistrictView::sample_bare),
    sample!("zones", "/zones", ZonesView::sample),
    sample!("zone", "/zones/senior", ZoneView::sample),
    sample!("zone-empty", "/zones/senior", ZoneView::sample_empty),
    sample!("agencies", "/agencies", AgenciesView::sample),
    sample!("agencies-empty", "/agencies?field=water", AgenciesView::sample_empty),
    sample!("agency", "/agencies/traffic-police", AgencyView::sample),
    sample!("agency-new", "/agencies/traffic-police", AgencyView::sample_new),
    sample!("bulletins", "/bulletins?page=2", BulletinsView::sample),
    sample!("bulletins-empty", "/bulletins?kind=urgent", BulletinsView::sample_empty),
    sample!("bulletin", "/bulletins/2026-1109-hours", BulletinView::sample),
    sample!("bulletin-expired", "/bulletins/2026-1120-rain", BulletinView::sample_expired),
    sample!("policies", "/policies", PoliciesView::sample),
    sample!("policies-empty", "/policies", PoliciesView::sample_empty),
    sample!("policy", "/policies/maternity-allowance", PolicyView::sample),
    sample!("national-choose", "/sign-in/with/national/choose", NationalView::sample_choose),
    sample!("national-link", "/sign-in/with/national/choose", NationalView::sample_link),
    sample!("national-claimed", "/sign-in/with/national/back", NationalView::sample_claimed),
    sample!("national-away", "/sign-in/with/national/back", NationalView::sample_away),
    sample!("national-list", "/me/security/national", NationalListView::sample),
    sample!("national-list-empty", "/me/security/national", NationalListView::sample_empty),
    sample!("policy-ended", "/policies/maternity-allowance", PolicyView::sample_ended),
    sample!("consent", "/oidc/sign-on", ConsentView::sample),
    sample!("consent-bare", "/oidc/sign-on", ConsentView::sample_bare),
    sample!("onward", "/oidc/sign-on", OnwardView::sample),
    sample!("sign-on-refused", "/oidc/authorize", RefusedView::sample),
    sample!("leave-sites", "/oidc/logout", LeaveSitesView::sample),
    sample!("left-sites", "/oidc/logout", LeftView::sample),
];

/// Runs `check` on every page in both languages and both text sizes.
fn on_every_page(mut check: impl FnMut(&str, Texts, Look, &str)) {
    for lang in Lang::ALL {
        for large in [false, true] {
            let (t, look) = (Texts::new(lang), Look { large, ..Look::default() });
            for page in PAGES {
                check(page.name, t, look, &(page.render)(Frame::sample(t, look, page.path)));
            }
            let failures = FailureView::samples(&Frame::sample(t, look, "/services/YZ99999"));
            for (number, view) in failures.iter().enumerate() {
                check(&format!("failure-{number}"), t, look, &view.render().unwrap());
            }
        }
    }
}

#[test]
fn pages_look_as_they_did() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    // Addresses of assets change with their content.
    settings.add_filter("/static/[0-9a-f]+/", "/static/");
    settings.bind(|| {
        on_every_page(|name, t, look, page| {
            if look.large {
                return;
            }
            // The header and the footer are the same everywhere: one page shows them.
            let kept =
                if name == "about" { page } else { between(page, "</header>", "<footer class=\"foot\">") };
            insta::assert_snapshot!(format!("{name}.{}", t.lang().tag()), kept);
        });
        let view =
            OpenSearchView::sample(Frame::sample(Texts::new(Lang::Zh), Look::default(), "/opensearch.xml"));
        insta::assert_snapshot!("opensearch", view.render().unwrap());
        // A file of its own: no page of the portal, and with a look of its own.
        for lang in Lang::ALL {
            let frame = Frame::sample(Texts::new(lang), Look::default(), "/me/cases");
            let file = DecisionFileView::sample(frame).render().unwrap();
            insta::assert_snapshot!(format!("decision-file.{}", lang.tag()), file);
        }
    });
}

#[test]
fn every_page_has_one_heading_its_language_and_no_style_of_its_own() {
    on_every_page(|name, t, look, page| {
        let at = format!("{name}, {}, large: {}", t.lang().tag(), look.large);
        let html = Html::parse_document(page);
        assert_eq!(count(&html, "h1"), 1, "{at}: one main heading");
        assert_eq!(count(&html, "main"), 1, "{at}: one main part");
        assert_eq!(count(&html, "style, [style], [onclick], script:not([src])"), 0, "{at}: nothing inline");
        let root = html.root_element().value();
        assert_eq!(root.attr("lang"), Some(t.lang().tag()), "{at}");
        assert_eq!(root.attr("data-mode"), look.large.then_some("large"), "{at}");
        for heading in html.select(&selector("h1, h2, h3, a, button, summary, title, label, legend, th, dt"))
        {
            let words: String = heading.text().collect();
            assert!(!words.trim().is_empty(), "{at}: {} says nothing", heading.html());
        }
    });
}

#[test]
fn headings_never_skip_a_level() {
    on_every_page(|name, t, _, page| {
        // The summary of mistakes stands before the main heading.
        let mut last = 1;
        for heading in Html::parse_document(page).select(&selector("h1, h2, h3, h4")) {
            let level: u32 = heading.value().name()[1..].parse().unwrap();
            assert!(level <= last + 1, "{name}, {}: {} after h{last}", t.lang().tag(), heading.html());
            last = level;
        }
    });
}

#[test]
fn every_text_is_filled_in() {
    on_every_page(|name, t, _, page| {
        let at = format!("{name}, {}", t.lang().tag());
        assert!(!page.contains("{ $") && !page.contains("{$"), "{at}: a place in a text was left open");
        let html = Html::parse_document(page);
        // A text that cannot be put together shows the name of its message, such as `guide-papers-own`.
        let name = regex::Regex::new(r"^[a-z]+(-[a-z]+)+$").unwrap();
        for words in html.select(&selector("body")).flat_map(|body| body.text()) {
            assert!(!name.is_match(words.trim()), "{at}: {words}");
        }
    });
}

#[test]
fn every_link_and_label_has_its_target() {
    on_every_page(|name, t, look, page| {
        let at = format!("{name}, {}, large: {}", t.lang().tag(), look.large);
        let html = Html::parse_document(page);
        let mut ids = HashSet::new();
        for element in html.select(&selector("[id]")) {
            let id = element.attr("id").unwrap_or_default();
            assert!(ids.insert(id.to_owned()), "{at}: the id {id} is used twice");
            assert!(!id.is_empty() && !id.contains(char::is_whitespace), "{at}: {id:?} is no id");
        }
        for link in html.select(&selector("a[href^='#']")) {
            let target = &link.attr("href").unwrap_or_default()[1..];
            assert!(ids.contains(target), "{at}: #{target} leads nowhere");
        }
        for attribute in ["for", "aria-labelledby", "aria-describedby", "aria-controls"] {
            for element in html.select(&selector(&format!("[{attribute}]"))) {
                for id in element.attr(attribute).unwrap_or_default().split_whitespace() {
                    assert!(ids.contains(id), "{at}: {attribute}={id} names nothing");
                }
            }
        }
        for field in html.select(&selector("input:not([type=hidden]), select, textarea")) {
            let id = field.attr("id").unwrap_or_default();
            assert!(count(&html, &format!("label[for='{id}']")) == 1, "{at}: {} has no label", field.html());
        }
    });
}

#[test]
fn a_chinese_text_on_an_english_page_says_so() {
    let chinese = regex::Regex::new(r"\p{Han}").unwrap();
    let t = Texts::new(Lang::En);
    for page in PAGES {
        let html = Html::parse_document(&(page.render)(Frame::sample(t, Look::default(), page.path)));
        for node in html.tree.nodes() {
            let Some(words) = node.value().as_text() else { continue };
            if !chinese.is_match(words) {
                continue;
            }
            let marked = node.ancestors().filter_map(scraper::ElementRef::wrap).any(|element| {
                element.attr("lang") == Some("zh-CN") || matches!(element.value().name(), "title" | "option")
            });
            // The notes that teach pinyin name Chinese words.
            assert!(marked || words.contains("居住证"), "{}: {:?} is not marked", page.name, &**words);
        }
    }
}

fn between<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    let (_, rest) = page.split_once(from).unwrap();
    rest.split_once(to).unwrap().0
}

fn selector(words: &str) -> Selector {
    Selector::parse(words).unwrap()
}

fn count(html: &Html, words: &str) -> usize {
    html.select(&selector(words)).count()
}

/// What proves somebody is never kept beside a form that was set aside.
#[test]
fn every_field_that_hides_or_proves_is_known_as_a_secret() {
    let fields = Selector::parse("input[type=password], input[autocomplete=one-time-code]").unwrap();
    let mut seen = HashSet::new();
    for page in PAGES {
        let frame = Frame::sample(Texts::new(Lang::Zh), Look::default(), page.path);
        let html = Html::parse_document(&(page.render)(frame));
        for field in html.select(&fields) {
            let name = field.attr("name").unwrap();
            assert!(crate::web::aside::is_secret(name), "{}: {name}", page.name);
            seen.insert(name.to_owned());
        }
    }
    assert!(seen.contains("password") && seen.contains("code"), "{seen:?}");
}
