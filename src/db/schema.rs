//! The tables, for both engines. The migrations are the truth; a test compares the two. Each room's tables
//! stand in a file of their own; those of the first rooms stand here.

mod accounts;
mod acting;
mod appointments;
mod casework;
mod dated;
mod gateway;
mod held;
mod helped;
mod asked;
mod ledger;
mod papers;
mod payments;
mod policy;
mod polls;
mod publishing;
mod rated;
mod said;
mod sso;
mod staff;

mod upstream;
mod voiced;
mod web;

pub use accounts::*;
pub use acting::*;
pub use appointments::*;
pub use asked::*;
pub use casework::*;
pub use dated::*;
pub use gateway::*;
pub use held::*;
pub use helped::*;
pub use ledger::*;
pub use papers::*;
pub use payments::*;
pub use policy::*;
pub use polls::*;
pub use publishing::*;
pub use rated::*;
pub use said::*;
pub use sso::*;
pub use staff::*;

pub use upstream::*;
pub use voiced::*;
pub use web::*;

diesel::table! {
    jobs (id) {
        id -> Binary,
        kind -> Text,
        payload -> Text,
        unique_key -> Nullable<Text>,
        priority -> Integer,
        run_at -> Timestamp,
        give_up_at -> Timestamp,
        attempts -> Integer,
        lease -> Nullable<Binary>,
        leased_until -> Nullable<Timestamp>,
        last_error -> Nullable<Text>,
        created_at -> Timestamp,
        asked_again -> Bool,
    }
}

diesel::table! {
    dead_jobs (id) {
        id -> Binary,
        kind -> Text,
        payload -> Text,
        priority -> Integer,
        attempts -> Integer,
        reason -> Text,
        created_at -> Timestamp,
        died_at -> Timestamp,
    }
}

diesel::table! {
    job_discards (job_id) {
        job_id -> Binary,
        asked_by -> Text,
        reason -> Text,
        asked_at -> Timestamp,
    }
}

diesel::table! {
    schedules (name) {
        name -> Text,
        last_tick -> Timestamp,
    }
}

diesel::table! {
    package_versions (id) {
        id -> Binary,
        slug -> Text,
        version -> Integer,
        fingerprint -> Text,
        files -> Binary,
        compiled -> Binary,
        compiled_format -> Integer,
        installed_at -> Timestamp,
    }
}

diesel::table! {
    packages (slug) {
        slug -> Text,
        live_version -> Binary,
        revision -> BigInt,
        changed_at -> Timestamp,
        candidate_version -> Nullable<Binary>,
        candidate_percent -> Integer,
        suspended_at -> Nullable<Timestamp>,
        suspended_why -> Nullable<Text>,
    }
}

diesel::table! {
    service_codes (code) {
        code -> Text,
        slug -> Text,
        fingerprint -> Text,
        version -> Integer,
        published_at -> Timestamp,
    }
}

diesel::table! {
    service_views (code, day) {
        code -> Text,
        day -> Date,
        views -> BigInt,
    }
}

diesel::table! {
    writing_views (kind, id, day) {
        kind -> Text,
        id -> Text,
        day -> Date,
        views -> BigInt,
    }
}

diesel::joinable!(packages -> package_versions (live_version));
diesel::allow_tables_to_appear_in_same_query!(agency_calls, package_versions);
diesel::allow_tables_to_appear_in_same_query!(agency_calls, suspensions);
diesel::joinable!(releases -> package_versions (version));
diesel::allow_tables_to_appear_in_same_query!(packages, package_versions, releases, release_acts);
diesel::allow_tables_to_appear_in_same_query!(citizens, delegations);
diesel::allow_tables_to_appear_in_same_query!(staff_members, staff_invitations);
diesel::allow_tables_to_appear_in_same_query!(drafts, case_files, promised_papers);
diesel::allow_tables_to_appear_in_same_query!(cases, case_files);
diesel::allow_tables_to_appear_in_same_query!(cases, promised_papers);
