//! Tables of `agencies` and `gateway` that concern an agency's backend.

diesel::table! {
    environment_bindings (id) {
        id -> Binary,
        agency -> Text,
        alias -> Text,
        address -> Text,
        secrets -> Binary,
        proposed_by -> Text,
        proposed_at -> Timestamp,
        approved_by -> Nullable<Text>,
        approved_at -> Nullable<Timestamp>,
        ended_at -> Nullable<Timestamp>,
        expiries -> Text,
    }
}

diesel::table! {
    site_looks (agency) {
        agency -> Text,
        address -> Text,
        finding -> Text,
        looked_at -> Timestamp,
        since -> Timestamp,
    }
}

diesel::table! {
    return_wishes (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        agency -> Text,
        wished_at -> Timestamp,
    }
}

diesel::table! {
    introductions (citizen_id, agency, subject) {
        citizen_id -> Binary,
        agency -> Text,
        subject -> Text,
        since -> Timestamp,
    }
}

diesel::table! {
    outages (agency) {
        agency -> Text,
        by_whom -> Text,
        reason -> Text,
        since -> Timestamp,
        ends_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    daily_files (agency, file_table, digest) {
        agency -> Text,
        file_table -> Text,
        digest -> Text,
        name -> Text,
        written_at -> Timestamp,
        taken_at -> Timestamp,
        lines -> Integer,
    }
}

diesel::table! {
    daily_lines (agency, file_table, found_by, place) {
        agency -> Text,
        file_table -> Text,
        found_by -> Binary,
        place -> Integer,
        line -> Binary,
    }
}

diesel::table! {
    daily_waiting (agency, file_table, call_key) {
        agency -> Text,
        file_table -> Text,
        call_key -> Text,
        queued_at -> Timestamp,
        sent_at -> Nullable<Timestamp>,
        line -> Nullable<Binary>,
    }
}

diesel::table! {
    agency_calls (id) {
        id -> Binary,
        at -> Timestamp,
        agency -> Text,
        capability -> Text,
        service -> Nullable<Text>,
        outcome -> Text,
        millis -> Integer,
        attempts -> Integer,
        version -> Binary,
    }
}

diesel::table! {
    daily_rounds (agency, file) {
        agency -> Text,
        file -> Text,
        outcome -> Text,
        lines -> Integer,
        left_out -> Integer,
        problems -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    maintenance (id) {
        id -> Binary,
        agency -> Text,
        starts_at -> Timestamp,
        ends_at -> Timestamp,
        reason_zh -> Text,
        reason_en -> Text,
        announced_by -> Text,
        announced_at -> Timestamp,
        cancelled_by -> Nullable<Text>,
        cancelled_at -> Nullable<Timestamp>,
        renew_by -> Nullable<Timestamp>,
    }
}

diesel::table! {
    agency_incidents (id) {
        id -> Binary,
        agency -> Text,
        capability -> Nullable<Text>,
        act -> Text,
        by_whom -> Text,
        reason -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    suspensions (agency, capability) {
        agency -> Text,
        capability -> Text,
        since -> Timestamp,
        by_whom -> Text,
        reason -> Text,
        calls -> BigInt,
        faults -> BigInt,
        probe_at -> Nullable<Timestamp>,
        resumed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    sanctions (id) {
        id -> Binary,
        agency -> Text,
        grade -> Integer,
        reason -> Text,
        at_once -> Bool,
        imposed_by -> Text,
        imposed_at -> Timestamp,
        ends_at -> Nullable<Timestamp>,
        answer -> Nullable<Text>,
        answered_by -> Nullable<Text>,
        answered_at -> Nullable<Timestamp>,
        lifted_by -> Nullable<Text>,
        lifted_reason -> Nullable<Text>,
        lifted_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    sanction_proposals (id) {
        id -> Binary,
        agency -> Text,
        grade -> Integer,
        reason -> Text,
        at_once -> Bool,
        days -> Nullable<Integer>,
        proposed_by -> Text,
        proposed_at -> Timestamp,
        state -> Text,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
        words -> Nullable<Text>,
    }
}

diesel::table! {
    expiry_warnings (binding_id, name, stage) {
        binding_id -> Binary,
        name -> Text,
        stage -> Integer,
        warned_at -> Timestamp,
    }
}

diesel::table! {
    agency_contacts (agency) {
        agency -> Text,
        email -> Binary,
        lang -> Text,
        changed_by -> Text,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    inbound_events (id) {
        id -> Binary,
        agency -> Text,
        source -> Text,
        event_id -> Text,
        kind -> Text,
        subject -> Binary,
        sequence -> BigInt,
        happened_at -> Timestamp,
        received_at -> Timestamp,
        body -> Nullable<Binary>,
        state -> Text,
        reason -> Nullable<Text>,
        settled_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    inbound_subjects (agency, kind, subject) {
        agency -> Text,
        kind -> Text,
        subject -> Binary,
        sequence -> BigInt,
    }
}

diesel::table! {
    inbound_nonces (agency, nonce) {
        agency -> Text,
        nonce -> Text,
        seen_at -> Timestamp,
    }
}

diesel::table! {
    issued_bulletins (agency, own_id) {
        agency -> Text,
        own_id -> Text,
        published_at -> Timestamp,
        body -> Text,
        revision -> BigInt,
    }
}
