//! Tables of `ratings`, and what was counted of them, which `catalogue` shows.

diesel::table! {
    rating_matters (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        kind -> Text,
        matter_id -> Binary,
        reference -> Text,
        company_id -> Nullable<Binary>,
        service -> Text,
        agency -> Text,
        ended_on -> Date,
        last_day -> Date,
        rated_at -> Nullable<Timestamp>,
        words -> Nullable<Binary>,
        district -> Nullable<Text>,
    }
}

diesel::table! {
    ratings (id) {
        id -> Binary,
        kind -> Text,
        service -> Text,
        agency -> Text,
        month -> Date,
        level -> Integer,
        first_level -> Nullable<Integer>,
        tags -> Text,
        words -> Nullable<Binary>,
        hidden -> Text,
        given_at -> Timestamp,
        amended_at -> Nullable<Timestamp>,
        appeal_by -> Date,
        standing -> Text,
        noted -> Bool,
        district -> Nullable<Text>,
    }
}

diesel::table! {
    rating_follow_ups (id) {
        id -> Binary,
        agency -> Text,
        service -> Text,
        state -> Text,
        opened_at -> Timestamp,
        changed_at -> Timestamp,
        contact_by -> Date,
        fix_by -> Date,
        provisional -> Bool,
        since -> Date,
        contacted_at -> Nullable<Timestamp>,
        complex -> Bool,
        answered_at -> Nullable<Timestamp>,
        outcome -> Nullable<Text>,
        reply -> Nullable<Text>,
        verdict -> Nullable<Text>,
    }
}

diesel::table! {
    rating_steps (id) {
        id -> Binary,
        rating_id -> Binary,
        at -> Timestamp,
        by_kind -> Text,
        by_whom -> Text,
        act -> Text,
        from_state -> Nullable<Text>,
        to_state -> Text,
        said -> Nullable<Binary>,
    }
}

diesel::table! {
    rating_appeals (id) {
        id -> Binary,
        agency -> Text,
        kind -> Text,
        evidence -> Nullable<Binary>,
        asked_by -> Binary,
        asked_at -> Timestamp,
        outcome -> Nullable<Text>,
        reason -> Nullable<Binary>,
        decided_by -> Nullable<Binary>,
        decided_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    rating_takers (rating_id) {
        rating_id -> Binary,
        staff_id -> Binary,
        taken_at -> Timestamp,
    }
}

diesel::table! {
    rating_evidence (id) {
        id -> Binary,
        rating_id -> Binary,
        agency -> Text,
        what -> Text,
        media_type -> Text,
        size -> BigInt,
        key -> Binary,
        brought_by -> Binary,
        made_at -> Timestamp,
    }
}

diesel::table! {
    service_scores (service, agency, month) {
        service -> Text,
        agency -> Text,
        month -> Date,
        finished -> BigInt,
        very_dissatisfied -> BigInt,
        dissatisfied -> BigInt,
        basically_satisfied -> BigInt,
        satisfied -> BigInt,
        very_satisfied -> BigInt,
        aside -> BigInt,
    }
}

diesel::table! {
    score_calls (service, day) {
        service -> Text,
        day -> Date,
        reachable -> BigInt,
        reachable_of -> BigInt,
        latency -> Text,
    }
}

diesel::table! {
    score_rows (service, month) {
        service -> Text,
        month -> Date,
        agency -> Text,
        domain -> Text,
        finished -> BigInt,
        very_dissatisfied -> BigInt,
        dissatisfied -> BigInt,
        basically_satisfied -> BigInt,
        satisfied -> BigInt,
        very_satisfied -> BigInt,
        aside -> BigInt,
        decided -> BigInt,
        on_time -> BigInt,
        on_time_of -> BigInt,
        first_pass -> BigInt,
        reachable -> BigInt,
        reachable_of -> BigInt,
        durations -> Text,
        latency -> Text,
        promised_minutes -> BigInt,
        guide -> BigInt,
        guide_of -> BigInt,
        handed_in -> BigInt,
        left_lying -> BigInt,
        looked_at -> BigInt,
        visits -> Integer,
        maturity -> Text,
        complaints -> BigInt,
        last_used -> Nullable<Date>,
        left_at -> Text,
        accepted -> BigInt,
    }
}

diesel::table! {
    district_scores (district, service, month) {
        district -> Text,
        service -> Text,
        month -> Date,
        finished -> BigInt,
        very_dissatisfied -> BigInt,
        dissatisfied -> BigInt,
        basically_satisfied -> BigInt,
        satisfied -> BigInt,
        very_satisfied -> BigInt,
        aside -> BigInt,
    }
}

diesel::table! {
    score_districts (district, month) {
        district -> Text,
        month -> Date,
        finished -> BigInt,
        very_dissatisfied -> BigInt,
        dissatisfied -> BigInt,
        basically_satisfied -> BigInt,
        satisfied -> BigInt,
        very_satisfied -> BigInt,
        decided -> BigInt,
        on_time -> BigInt,
        on_time_of -> BigInt,
        complaints -> BigInt,
    }
}

diesel::table! {
    score_complaints (agency, month) {
        agency -> Text,
        month -> Date,
        complaints -> BigInt,
    }
}

diesel::table! {
    score_days (agency, day) {
        agency -> Text,
        day -> Date,
        finished -> BigInt,
        very_dissatisfied -> BigInt,
        dissatisfied -> BigInt,
        basically_satisfied -> BigInt,
        satisfied -> BigInt,
        very_satisfied -> BigInt,
    }
}

diesel::table! {
    score_alarms (agency, kind, from_day) {
        agency -> Text,
        kind -> Text,
        from_day -> Date,
        outcome -> Text,
        words -> Text,
        said_by -> Text,
        said_at -> Timestamp,
    }
}

diesel::table! {
    service_retirements (service) {
        service -> Text,
        agency -> Text,
        retire_on -> Date,
        reason -> Text,
        asked_by -> Text,
        asked_at -> Timestamp,
        answer -> Nullable<Text>,
        answered_by -> Nullable<Text>,
        answered_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    retired_services (service) {
        service -> Text,
        agency -> Text,
        name -> Text,
        successor -> Nullable<Text>,
    }
}

diesel::table! {
    score_replies (agency, month) {
        agency -> Text,
        month -> Date,
        words -> Text,
        said_by -> Text,
        said_at -> Timestamp,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    rating_matters,
    ratings,
    rating_follow_ups,
    rating_steps,
    rating_appeals,
    rating_takers,
);
