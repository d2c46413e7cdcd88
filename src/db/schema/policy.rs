//! What the city sets by itself: tables of `policy`.

diesel::table! {
    policy_changes (id) {
        id -> Binary,
        rule -> Text,
        value -> Text,
        was -> Text,
        holds_from -> Date,
        reason -> Text,
        asked_by -> Binary,
        asked_at -> Timestamp,
        state -> Text,
        decided_by -> Nullable<Binary>,
        decided_at -> Nullable<Timestamp>,
        words -> Nullable<Text>,
        holds_at -> Nullable<Timestamp>,
    }
}
