//! Tables of `accounts`.

diesel::table! {
    citizens (id) {
        id -> Binary,
        state -> Text,
        level -> Integer,
        name -> Nullable<Binary>,
        language -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    identities (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        number -> Binary,
        number_hash -> Nullable<Binary>,
        verified_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    contact_points (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        kind -> Text,
        value -> Binary,
        value_hash -> Nullable<Binary>,
        verified_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
        unreached_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    credentials (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        kind -> Text,
        lookup -> Nullable<Binary>,
        secret -> Binary,
        label -> Text,
        last_step -> BigInt,
        created_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    one_time_codes (id) {
        id -> Binary,
        purpose -> Text,
        code_hash -> Binary,
        carries -> Binary,
        tries -> Integer,
        created_at -> Timestamp,
        ends_at -> Timestamp,
    }
}

diesel::joinable!(contact_points -> citizens (citizen_id));
diesel::joinable!(credentials -> citizens (citizen_id));
diesel::joinable!(identities -> citizens (citizen_id));
diesel::allow_tables_to_appear_in_same_query!(citizens, contact_points, credentials, identities);
