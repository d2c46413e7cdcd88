//! Every kind of job with its runner.

use std::sync::Arc;

use actix_web::web::Data;

use super::holders;
use crate::{
    accounts::{
        SendCode, Tell, acting, codes,
        inquiries::{self, InquiryWork, Terms},
        staff::{Claims, Handovers},
    },
    agencies::{
        expiry::{self, WarnOfExpiry},
        releases::{
            self, CheckPackage,
            import::{self, ImportDescription},
        },
        warnings::TellAgency,
    },
    bookings::{self, BookingError, act, choose, desk, tell},
    cases::{self, Means, correct, deliver, follow},
    catalogue::{Publisher, Shelf, counts},
    db::{Conn, DbError},
    following::spread,
    gateway::{
        self, Gateway,
        events::{self, Appliers},
        log::ForgetCalls,
        sites::{self, LookAtSites},
        suspension,
    },
    jobs::{Failure, Job, Registry},
    ledger,
    notices::{self, Courier},
    payments,
    platform::{Clock, Moment, clock::city_day, keys::KeyRing},
    ratings::{self, follow as ratings_follow},
    reminders,
    sso::provider,
    surveys, voice, wallet,
    web::{Site, aside, checks::Codes, session},
};

/// Every kind of job.
pub fn registry(
    site: &Data<Site>,
    courier: &Courier,
    gateway: &Data<Gateway>,
    shelf: &Data<Shelf>,
    terms: Terms,
) -> Registry {
    let registry = of_events(Registry::default(), site, courier);
    let registry = housekeeping(registry, &site.clock);
    let registry = of_ledger(registry, site);
    let registry = of_provider(registry, site, gateway);
    let registry = of_gateway(registry, site, gateway);
    let registry = of_agencies(registry, site, gateway);
    let registry = of_payments(registry, site, gateway, shelf);
    let registry = of_cases(registry, site, gateway, shelf);
    let registry = of_bookings(registry, site, gateway, shelf);
    let registry = of_wallet(registry, site, gateway, shelf, courier);
    let registry = of_ratings(registry, site, shelf);
    let registry = of_inquiries(registry, shelf, terms);
    let registry = of_voice(registry, site, shelf);
    let db = site.db.clone();
    let sending = (db.clone(), courier.clone());
    let [gathering, asking, forgetting, hearing] = std::array::from_fn(|_| sending.clone());
    let [
        coding,
        telling,
        delivering,
        returned,
        warning,
        changed,
        booked,
        paid,
        owing,
        anew,
        published,
        rated,
        voiced,
    ] = std::array::from_fn(|_| courier.clone());
    registry
        .on(move |job: SendCode, running| notices::send_code(coding.clone(), job, running))
        .on(move |job: Tell, running| notices::tell(telling.clone(), job, running))
        .on(move |job: notices::Deliver, running| notices::deliver(delivering.clone(), job, running))
        .on_sets(notices::SENT_TOGETHER, move |jobs: Vec<notices::Send>, together| {
            notices::send(sending.clone(), jobs, together)
        })
        .on_sets(notices::TOLD_TOGETHER, move |jobs: Vec<notices::BulletinNews>, together| {
            notices::bulletin_published(published.clone(), jobs, together)
        })
        .on(move |job: notices::VoiceNews, running| notices::voice_changed(voiced.clone(), job, running))
        .on(move |job: notices::Gather, running| notices::gather(gathering.clone(), job, running))
        .on(move |job: notices::AskReceipt, running| notices::ask_receipt(hearing.clone(), job, running))
        .on(move |_: notices::Forget, running| notices::forget(forgetting.clone(), running))
        .on(move |job: notices::Challenge, running| notices::challenge(asking.clone(), job, running))
        .on(move |job: notices::Again, running| notices::again(anew.clone(), job, running))
        .on(move |job: gateway::Returned, running| notices::returned(returned.clone(), job, running))
        .on(move |job: TellAgency, running| notices::tell_agency((db.clone(), warning.clone()), job, running))
        .on(move |job: notices::CaseNews, running| notices::case_changed(changed.clone(), job, running))
        .on(move |job: notices::BookingNews, running| notices::booking_changed(booked.clone(), job, running))
        .on(move |job: notices::PaymentNews, running| notices::payment_changed(paid.clone(), job, running))
        .on(move |job: notices::DueNews, running| notices::due_told(owing.clone(), job, running))
        .on(move |job: notices::RatingNews, running| notices::rating_followed(rated.clone(), job, running))
}

/// A job that is one transaction over the database and the time.
fn sweeping<J: Job>(
    registry: Registry,
    clock: &Clock,
    work: fn(&mut Conn, Moment) -> Result<usize, DbError>,
) -> Registry {
    let clock = clock.clone();
    registry.on(move |_: J, running| {
        let now = clock.now();
        async move { running.finish(move |c| work(c, now).map(|_| ()).map_err(Failure::from)).await }
    })
}

fn housekeeping(registry: Registry, clock: &Clock) -> Registry {
    let registry = sweeping::<session::Sweep>(registry, clock, session::sweep);
    let registry = sweeping::<aside::Sweep>(registry, clock, aside::sweep);
    let registry = sweeping::<codes::Sweep>(registry, clock, codes::sweep);
    let registry = sweeping::<wallet::proofs::Sweep>(registry, clock, wallet::proofs::sweep);
    let registry = sweeping::<WarnOfExpiry>(registry, clock, expiry::warn);
    let registry = sweeping::<counts::Forget>(registry, clock, |c, now| counts::forget_old(c, city_day(now)));
    let ending = clock.clone();
    registry.on(move |_: acting::EndOver, running| {
        let now = ending.now();
        async move { running.finish(move |c| acting::end_over(c, now).map(|_| ()).map_err(Failure::from)).await }
    })
}

/// The jobs of the ledger.
fn of_ledger(registry: Registry, site: &Data<Site>) -> Registry {
    let (sealing, erasing) = (site.clone(), site.clone());
    registry
        .on(move |_: ledger::Seal, running| {
            let (now, ring) = (sealing.clock.now(), Arc::clone(&sealing.keys));
            async move {
                let seal = move |c: &mut Conn| ledger::seal_waiting(c, &ring, now).map(|_| ());
                running.finish(move |c| seal(c).map_err(Failure::retry)).await
            }
        })
        .on(move |job: ledger::requests::Erase, running| {
            let (now, ring) = (erasing.clock.now(), Arc::clone(&erasing.keys));
            async move {
                let erase =
                    move |c: &mut Conn| holders().erase(c, &ring, now, job.citizen, job.request).map(|_| ());
                running.finish(move |c| erase(c).map_err(Failure::retry)).await
            }
        })
}

/// The jobs about agencies' packages.
fn of_agencies(registry: Registry, site: &Data<Site>, gateway: &Data<Gateway>) -> Registry {
    let (checking, importing, maps) = (site.clone(), site.db.clone(), gateway.maps());
    registry
        .on(move |job: CheckPackage, running| {
            let (db, clock, maps) = (checking.db.clone(), checking.clock.clone(), Arc::clone(&maps));
            releases::check(db, maps, clock, job, running)
        })
        .on(move |job: ImportDescription, running| import::run(importing.clone(), job, running))
}

/// The jobs of what citizens ask: their days go by the city's calendar.
fn of_inquiries(registry: Registry, shelf: &Data<Shelf>, terms: Terms) -> Registry {
    let shelf = shelf.clone();
    registry.on(move |_: inquiries::Recount, running| {
        let edition = shelf.edition();
        async move {
            let edition = edition.map_err(|_| Failure::retry("there is no catalogue yet"))?;
            let count =
                move |c: &mut Conn| inquiries::recount(c, &edition.catalogue.calendar, terms).map(|_| ());
            running.finish(move |c| count(c).map_err(Failure::from)).await
        }
    })
}

/// What ended and may be rated, and what becomes of bad ratings.
fn of_ratings(registry: Registry, site: &Data<Site>, shelf: &Data<Shelf>) -> Registry {
    let means = ratings::Means { site: site.clone(), shelf: shelf.clone() };
    let [cased, booked, paid, lapsing, recounting, counting] = std::array::from_fn(|_| means.clone());
    let sweeping = site.clone();
    registry
        .on(move |_: ratings::scores::Count, running| {
            ratings::scores::count(counting.clone(), voice::figures::complaints, running)
        })
        .on(move |job: cases::Ended, running| ratings::matters::case_ended(cased.clone(), job, running))
        .on(move |job: bookings::Ended, running| {
            ratings::matters::booking_ended(booked.clone(), job, running)
        })
        .on(move |job: payments::Ended, running| ratings::matters::payment_ended(paid.clone(), job, running))
        .on(move |_: ratings::evidence::Sweep, running| ratings::evidence::sweep(sweeping.clone(), running))
        .on(move |_: ratings_follow::Lapse, running| ratings_follow::lapse(lapsing.clone(), running))
        .on(move |_: ratings_follow::Recount, running| ratings_follow::recount(recounting.clone(), running))
}

/// Orders and their pictures, by the clock.
fn of_voice(registry: Registry, site: &Data<Site>, shelf: &Data<Shelf>) -> Registry {
    let (watching, sweeping) = ((site.clone(), shelf.clone()), site.clone());
    registry
        .on(move |_: voice::watch::Watch, running| voice::watch::watch(watching.clone(), running))
        .on(move |_: voice::photos::Sweep, running| voice::photos::sweep(sweeping.clone(), running))
}

/// The jobs of the gateway.
fn of_gateway(registry: Registry, site: &Data<Site>, gateway: &Data<Gateway>) -> Registry {
    let (asking, telling, exchanging) = (gateway.clone(), gateway.clone(), gateway.clone());
    let (forgetting, watching, probing) = (gateway.clone(), gateway.clone(), gateway.clone());
    let (looking, gateway) = (site.db.clone(), gateway.clone());
    registry
        .on(move |job: LookAtSites, running| {
            let (db, gateway) = (looking.clone(), gateway.clone());
            async move { sites::look(&gateway, &db, job, running).await }
        })
        .on(move |job: gateway::AskBack, running| gateway::ask_back(asking.clone(), job, running))
        .on(move |job: gateway::IsBack, running| gateway::is_back(telling.clone(), job, running))
        .on(move |job: gateway::ExchangeFiles, running| {
            gateway::exchange_files(exchanging.clone(), job, running)
        })
        .on(move |job: ForgetCalls, running| gateway::forget_calls(forgetting.clone(), job, running))
        .on(move |job: suspension::Watch, running| suspension::watch(watching.clone(), job, running))
        .on(move |job: suspension::Probe, running| suspension::probe(probing.clone(), job, running))
}

/// What agencies' backends tell.
fn of_events(registry: Registry, site: &Data<Site>, courier: &Courier) -> Registry {
    let (applying, appliers) = (site.clone(), appliers(site, courier));
    let (sweeping, all) = (site.clock.clone(), appliers.clone());
    registry
        .on(move |job: events::Apply, running| {
            events::apply(applying.clone(), appliers.clone(), job, running)
        })
        .on(move |_: events::Sweep, running| {
            let (now, all) = (sweeping.now(), all.clone());
            async move { running.finish(move |c| events::sweep(c, now, &all).map_err(Failure::from)).await }
        })
}

/// Every room that events of agencies change something in.
fn appliers(site: &Data<Site>, courier: &Courier) -> Appliers {
    let reports = cases::Reports::new(Arc::clone(&site.keys));
    let booked = bookings::Reports::new(Arc::clone(&site.keys));
    let held = wallet::Told(Arc::clone(&site.keys));
    let raised = payments::Raised(Arc::clone(&site.keys));
    Appliers::new(vec![
        Arc::new(Publisher),
        Arc::new(payments::Tidings),
        Arc::new(notices::Tidings(courier.clone())),
        Arc::new(reports),
        Arc::new(booked),
        Arc::new(held),
        Arc::new(raised),
    ])
}

/// Payments on their way: to the provider, to the agency, and back.
fn of_payments(
    registry: Registry,
    site: &Data<Site>,
    gateway: &Data<Gateway>,
    shelf: &Data<Shelf>,
) -> Registry {
    let means = payments::Means { site: site.clone(), gateway: gateway.clone(), shelf: shelf.clone() };
    let [expiring, asking, settling, returning, comparing] = std::array::from_fn(|_| means.clone());
    registry
        .on(move |job: payments::Expire, running| payments::expire(expiring.clone(), job, running))
        .on(move |job: payments::Ask, running| payments::ask(asking.clone(), job, running))
        .on(move |job: payments::Settle, running| payments::settle(settling.clone(), job, running))
        .on(move |job: payments::GiveBack, running| payments::give_back(returning.clone(), job, running))
        .on(move |job: payments::Reconcile, running| payments::reconcile(comparing.clone(), job, running))
}

/// Applications on their way, and what becomes of them.
fn of_cases(registry: Registry, site: &Data<Site>, gateway: &Data<Gateway>, shelf: &Data<Shelf>) -> Registry {
    let means = Means { site: site.clone(), gateway: gateway.clone(), shelf: shelf.clone() };
    let [delivering, asking, taking_back, correcting, recounting, silent] =
        std::array::from_fn(|_| means.clone());
    let (papers, answers, files) = (site.clone(), site.clone(), site.clone());
    let (looking, spreading) = ((site.clone(), shelf.clone()), (site.clone(), shelf.clone()));
    let registry = sweeping::<cases::desk::soon::WarnSoon>(registry, &site.clock, cases::desk::soon::warn);
    sweeping::<cases::drafts::Sweep>(registry, &site.clock, cases::drafts::sweep)
        .on(move |_: cases::desk::Recount, running| cases::recount(recounting.clone(), running))
        .on(move |job: cases::desk::silence::Deem, running| {
            cases::desk::silence::deem(silent.clone(), job, running)
        })
        .on(move |_: cases::papers::Sweep, running| cases::papers::sweep(papers.clone(), running))
        .on(move |_: spread::Look, running| spread::look(looking.clone(), running))
        .on(move |job: spread::Tell, running| spread::tell(spreading.clone(), job, running))
        .on(move |_: surveys::clear::Clear, running| surveys::clear::clear(answers.clone(), running))
        .on(move |_: surveys::sweep::Sweep, running| surveys::sweep::sweep(files.clone(), running))
        .on(move |job: deliver::Deliver, running| deliver::deliver(delivering.clone(), job, running))
        .on(move |job: follow::Ask, running| follow::ask(asking.clone(), job, running))
        .on(move |job: follow::TakeBack, running| follow::take_back(taking_back.clone(), job, running))
        .on(move |job: correct::CorrectionDue, running| correct::come_due(correcting.clone(), job, running))
}

/// Bookings on their way, and what the clock does with them.
fn of_bookings(
    registry: Registry,
    site: &Data<Site>,
    gateway: &Data<Gateway>,
    shelf: &Data<Shelf>,
) -> Registry {
    let means = Means { site: site.clone(), gateway: gateway.clone(), shelf: shelf.clone() };
    let [reserving, returning] = std::array::from_fn(|_| means.clone());
    let registry = registry
        .on(move |job: tell::Reserve, running| tell::reserve(reserving.clone(), job, running))
        .on(move |job: tell::GiveBack, running| tell::give_back(returning.clone(), job, running));
    let registry = booked::<choose::Lapse>(registry, site, act::lapse);
    let registry = booked::<act::Miss>(registry, site, act::miss);
    booked::<desk::Stopped>(registry, site, desk::stopped)
}

/// Documents and dates: asked for again, counted anew, and told in time.
fn of_wallet(
    registry: Registry,
    site: &Data<Site>,
    gateway: &Data<Gateway>,
    shelf: &Data<Shelf>,
    courier: &Courier,
) -> Registry {
    let asking = wallet::pull::Means { site: site.clone(), gateway: gateway.clone(), shelf: shelf.clone() };
    let means = reminders::Means { wallet: asking.clone(), courier: courier.clone() };
    let [keeping, looking, sending, ruling, recounting, booked, cased, owed, yearly] =
        std::array::from_fn(|_| means.clone());
    let forgetting = site.clone();
    registry
        .on(move |job: wallet::pull::AskAgain, running| wallet::pull::ask_again(asking.clone(), job, running))
        .on(move |job: wallet::Changed, running| reminders::documents::changed(keeping.clone(), job, running))
        .on(move |job: reminders::Look, running| reminders::look(looking.clone(), job, running))
        .on(move |job: reminders::Send, running| reminders::send(sending.clone(), job, running))
        .on(move |_: reminders::forget::Forget, running| {
            reminders::forget::forget(forgetting.clone(), running)
        })
        .on(move |job: reminders::recount::Rules, running| {
            reminders::recount::rules(ruling.clone(), job, running)
        })
        .on(move |job: reminders::recount::Recount, running| {
            reminders::recount::recount(recounting.clone(), job, running)
        })
        .on(move |job: bookings::Dated, running| reminders::matters::booked(booked.clone(), job, running))
        .on(move |job: cases::Dated, running| reminders::matters::cased(cased.clone(), job, running))
        .on(move |job: reminders::yearly::Recount, running| {
            reminders::yearly::recount(yearly.clone(), job, running)
        })
        .on(move |job: payments::Owed, running| reminders::matters::owed(owed.clone(), job, running))
}

/// A job about a booking that is one transaction.
fn booked<J: Job>(
    registry: Registry,
    site: &Data<Site>,
    work: fn(&mut Conn, &KeyRing, Moment, &J) -> Result<(), BookingError>,
) -> Registry {
    let site = site.clone();
    registry.on(move |job: J, running| {
        let (now, ring) = (site.clock.now(), Arc::clone(&site.keys));
        async move { running.finish(move |c| work(c, &ring, now, &job).map_err(bookings::failure)).await }
    })
}

/// The jobs of the OpenID provider.
fn of_provider(registry: Registry, site: &Data<Site>, gateway: &Data<Gateway>) -> Registry {
    let (telling, rotating, dialer) = (site.clone(), site.clone(), gateway.dialer());
    let (closing, sweeping) = (site.clock.clone(), site.clock.clone());
    registry
        .on(move |job: provider::Tell, running| {
            provider::tell(telling.clone(), Arc::clone(&dialer), job, running)
        })
        .on(move |_: provider::Rotate, running| {
            let (now, ring) = (rotating.clock.now(), Arc::clone(&rotating.keys));
            async move { running.finish(move |c| provider::rotate(c, &ring, now).map_err(Failure::retry)).await }
        })
        .on(move |_: provider::CloseEnded, running| {
            let now = closing.now();
            async move { running.finish(move |c| provider::close_ended(c, now).map_err(Failure::from)).await }
        })
        .on(move |_: provider::Sweep, running| {
            let now = sweeping.now();
            async move { running.finish(move |c| provider::sweep(c, now).map_err(Failure::from)).await }
        })
}

/// Every room that gives out codes which anybody may check.
pub fn codes(site: &Site, shelf: &Arc<Shelf>) -> Codes {
    let ring = &site.keys;
    let proofs = wallet::proofs::Proofs {
        ring: Arc::clone(ring),
        clock: site.clock.clone(),
        shelf: Arc::clone(shelf),
    };
    Codes::new(vec![
        Arc::new(payments::Receipts),
        Arc::new(cases::Decisions(Arc::clone(ring))),
        Arc::new(proofs),
    ])
}

/// Every room that gives work to members of staff by name.
pub fn handovers() -> Handovers {
    Handovers::new(vec![
        Arc::new(Claims),
        Arc::new(InquiryWork),
        Arc::new(cases::desk::CaseWork),
        Arc::new(ratings_follow::hands::RatingWork),
    ])
}
