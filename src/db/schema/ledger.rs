//! Tables of `ledger`.

diesel::table! {
    citizen_keys (citizen_id) {
        citizen_id -> Binary,
        sealed_key -> Nullable<Binary>,
        created_at -> Timestamp,
        destroyed_at -> Nullable<Timestamp>,
        joined_to -> Nullable<Binary>,
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

diesel::table! {
    chain (position) {
        position -> BigInt,
        citizen_id -> Binary,
        look_id -> Binary,
        hash -> Binary,
        sealed_at -> Timestamp,
        mac -> Binary,
    }
}

diesel::table! {
    chain_heads (position) {
        position -> BigInt,
        previous -> BigInt,
        hash -> Binary,
        at -> Timestamp,
        key_id -> Text,
        signature -> Binary,
    }
}

diesel::table! {
    chain_keys (id) {
        id -> Text,
        public_key -> Binary,
        sealed_key -> Binary,
        created_at -> Timestamp,
    }
}

diesel::allow_tables_to_appear_in_same_query!(chain, looks);

diesel::table! {
    data_requests (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        kind -> Text,
        made_at -> Timestamp,
        due_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        outcome -> Nullable<Text>,
    }
}
