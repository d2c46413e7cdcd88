//! What happens by the clock.

use crate::{
    accounts::{acting, codes, inquiries},
    agencies::expiry::WarnOfExpiry,
    cases,
    catalogue::counts,
    following,
    gateway::{
        self, events,
        log::ForgetCalls,
        maintenance, sanctions,
        sites::{self, LookAtSites},
        suspension,
    },
    jobs::{self, Every, Schedule},
    ledger, notices, payments,
    ratings::{evidence, follow, scores},
    reminders,
    sso::provider,
    surveys, voice, wallet,
    web::{aside, session},
};

/// Everything that happens by the clock.
pub fn schedules() -> Vec<Schedule> {
    let mut all = housekept();
    all.extend(connected());
    all.extend([
        Schedule {
            name: "wallet.sweep-proofs",
            every: Every::DayAt(3, 55),
            act: |c, now| jobs::enqueue(c, now, &wallet::proofs::Sweep).map(|_| ()),
        },
        Schedule { name: "wallet.ask-again", every: Every::Minutes(10), act: wallet::pull::ask_those_old },
        Schedule {
            name: "following.look",
            every: Every::Minutes(1),
            act: |c, now| jobs::enqueue(c, now, &following::spread::Look).map(|_| ()),
        },
        Schedule {
            name: "ratings.lapse",
            every: Every::DayAt(3, 10),
            act: |c, now| jobs::enqueue(c, now, &follow::Lapse {}).map(|_| ()),
        },
        Schedule {
            name: "cases.recount",
            every: Every::DayAt(2, 45),
            act: |c, now| jobs::enqueue(c, now, &cases::desk::Recount {}).map(|_| ()),
        },
        Schedule { name: "cases.silence", every: Every::DayAt(0, 25), act: cases::desk::silence::look },
        Schedule {
            name: "cases.warn-soon",
            every: Every::DayAt(8, 20),
            act: |c, now| jobs::enqueue(c, now, &cases::desk::soon::WarnSoon).map(|_| ()),
        },
        Schedule {
            name: "ratings.recount",
            every: Every::DayAt(2, 55),
            act: |c, now| jobs::enqueue(c, now, &follow::Recount {}).map(|_| ()),
        },
        // Before the log of calls forgets its oldest day.
        Schedule {
            name: "ratings.count",
            every: Every::DayAt(3, 15),
            act: |c, now| jobs::enqueue(c, now, &scores::Count {}).map(|_| ()),
        },
        Schedule {
            name: "voice.watch",
            every: Every::Minutes(30),
            act: |c, now| jobs::enqueue(c, now, &voice::watch::Watch).map(|_| ()),
        },
        Schedule {
            name: "voice.sweep-photos",
            every: Every::DayAt(3, 35),
            act: |c, now| jobs::enqueue(c, now, &voice::photos::Sweep).map(|_| ()),
        },
        Schedule {
            name: "surveys.sweep-files",
            every: Every::DayAt(3, 55),
            act: |c, now| jobs::enqueue(c, now, &surveys::sweep::Sweep).map(|_| ()),
        },
        Schedule {
            name: "ratings.sweep-evidence",
            every: Every::DayAt(3, 40),
            act: |c, now| jobs::enqueue(c, now, &evidence::Sweep).map(|_| ()),
        },
        Schedule {
            name: "reminders.forget",
            every: Every::DayAt(3, 5),
            act: |c, now| jobs::enqueue(c, now, &reminders::forget::Forget).map(|_| ()),
        },
        Schedule {
            name: "notices.forget",
            every: Every::DayAt(3, 15),
            act: |c, now| jobs::enqueue(c, now, &notices::Forget).map(|_| ()),
        },
        Schedule { name: "reminders.look", every: Every::Minutes(10), act: reminders::look_soon },
        Schedule {
            name: "reminders.yearly",
            every: Every::DayAt(0, 20),
            act: |c, now| jobs::enqueue(c, now, &reminders::yearly::Recount::default()).map(|_| ()),
        },
        Schedule {
            name: "reminders.recount",
            every: Every::Minutes(30),
            act: |c, now| jobs::enqueue(c, now, &reminders::recount::Rules).map(|_| ()),
        },
    ]);
    all
}

/// What keeps the house in order.
fn housekept() -> Vec<Schedule> {
    vec![
        Schedule {
            name: "codes.sweep",
            every: Every::Minutes(30),
            act: |c, now| jobs::enqueue(c, now, &codes::Sweep).map(|_| ()),
        },
        Schedule {
            name: "aside.sweep",
            every: Every::Minutes(30),
            act: |c, now| jobs::enqueue(c, now, &aside::Sweep).map(|_| ()),
        },
        Schedule {
            name: "sessions.sweep",
            every: Every::Minutes(30),
            act: |c, now| jobs::enqueue(c, now, &session::Sweep).map(|_| ()),
        },
        Schedule {
            name: "inquiries.recount",
            every: Every::DayAt(2, 50),
            act: |c, now| jobs::enqueue(c, now, &inquiries::Recount {}).map(|_| ()),
        },
        Schedule {
            name: "acting.end-over",
            every: Every::DayAt(0, 10),
            act: |c, now| jobs::enqueue(c, now, &acting::EndOver).map(|_| ()),
        },
    ]
}

/// What keeps up with the agencies' backends and sites.
fn connected() -> Vec<Schedule> {
    vec![
        Schedule { name: "gateway.ask-back", every: Every::Seconds(30), act: gateway::ask_those_missed },
        Schedule { name: "gateway.exchange-files", every: Every::Minutes(5), act: gateway::exchange_all },
        Schedule {
            name: "gateway.sweep-events",
            every: Every::Minutes(10),
            act: |c, now| jobs::enqueue(c, now, &events::Sweep).map(|_| ()),
        },
        Schedule { name: "ledger.seal", every: Every::Seconds(5), act: ledger::seal_soon },
        // Well within the minute in which sites must hear that somebody's session is over.
        Schedule {
            name: "provider.close-ended",
            every: Every::Seconds(20),
            act: |c, now| jobs::enqueue(c, now, &provider::CloseEnded).map(|_| ()),
        },
        Schedule {
            name: "provider.sweep",
            every: Every::Minutes(30),
            act: |c, now| jobs::enqueue(c, now, &provider::Sweep).map(|_| ()),
        },
        Schedule {
            name: "provider.rotate-keys",
            every: Every::DayAt(3, 40),
            act: |c, now| jobs::enqueue(c, now, &provider::Rotate).map(|_| ()),
        },
        Schedule {
            name: "cases.sweep-drafts",
            every: Every::DayAt(3, 30),
            act: |c, now| jobs::enqueue(c, now, &cases::drafts::Sweep).map(|_| ()),
        },
        Schedule {
            name: "cases.sweep-papers",
            every: Every::DayAt(3, 45),
            act: |c, now| jobs::enqueue(c, now, &cases::papers::Sweep).map(|_| ()),
        },
        Schedule {
            name: "surveys.clear",
            every: Every::DayAt(3, 50),
            act: |c, now| jobs::enqueue(c, now, &surveys::clear::Clear).map(|_| ()),
        },
        Schedule {
            name: "payments.reconcile",
            every: Every::DayAt(4, 30),
            act: |c, now| jobs::enqueue(c, now, &payments::Reconcile {}).map(|_| ()),
        },
        Schedule {
            name: "views.forget",
            every: Every::DayAt(3, 20),
            act: |c, now| jobs::enqueue(c, now, &counts::Forget).map(|_| ()),
        },
        Schedule {
            name: "gateway.watch",
            every: Every::Minutes(1),
            act: |c, now| jobs::enqueue(c, now, &suspension::Watch).map(|_| ()),
        },
        Schedule { name: "gateway.end-sanctions", every: Every::Minutes(1), act: sanctions::end_over },
        Schedule {
            name: "gateway.ask-for-renewal",
            every: Every::DayAt(8, 40),
            act: maintenance::ask_for_renewal,
        },
        Schedule { name: "gateway.probe", every: Every::Minutes(1), act: suspension::probe_those_due },
        Schedule {
            name: "agencies.warn-of-expiry",
            every: Every::DayAt(8, 30),
            act: |c, now| jobs::enqueue(c, now, &WarnOfExpiry).map(|_| ()),
        },
        Schedule {
            name: "gateway.forget-calls",
            every: Every::DayAt(3, 30),
            act: |c, now| jobs::enqueue(c, now, &ForgetCalls).map(|_| ()),
        },
        Schedule {
            name: "sites.look",
            every: Every::DayAt(4, 10),
            act: |c, now| jobs::enqueue(c, now, &LookAtSites { all: true }).map(|_| ()),
        },
        Schedule { name: "sites.look-again", every: Every::Minutes(10), act: sites::look_again },
    ]
}
