//! Tables of `ledger`.

diesel::table! {
    citizen_keys (citizen_id) {
        citizen_id -> Binary,
        sealed_key -> Nullable<Binary>,
        created_at -> Timestamp,
        destroyed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    looks (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        at -> Timestamp,
        actor_kind -> Text,
        actor -> Text,
        purpose -> Text,
        basis -> Text,
        fields -> Text,
        detail -> Nullable<Binary>,
        mac -> Binary,
        position -> Nullable<BigInt>,
    }
}

diesel::table! {
    consents (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        recipient -> Text,
        purpose -> Text,
        kinds -> Text,
        version -> Text,
        given_at -> Timestamp,
        withdrawn_at -> Nullable<Timestamp>,
    }
}
