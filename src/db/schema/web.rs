//! Tables of `web`.

diesel::table! {
    sessions (token_hash) {
        token_hash -> Binary,
        id -> Binary,
        realm -> Text,
        subject -> Binary,
        data -> Text,
        device -> Text,
        created_at -> Timestamp,
        seen_at -> Timestamp,
        ends_at -> Timestamp,
    }
}

diesel::table! {
    set_aside (id) {
        id -> Binary,
        realm -> Text,
        subject -> Binary,
        browser -> Binary,
        form -> Binary,
        ends_at -> Timestamp,
    }
}
