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
