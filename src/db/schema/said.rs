//! Tables of `notices`.

diesel::table! {
    notices (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        topic -> Text,
        words -> Integer,
        urgent -> Bool,
        content -> Binary,
        said_at -> Timestamp,
        read_at -> Nullable<Timestamp>,
        principal -> Nullable<Text>,
    }
}

diesel::table! {
    notice_ways (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        notice_id -> Binary,
        channel -> Text,
        contact_id -> Nullable<Binary>,
        parcel -> Nullable<Binary>,
        state -> Text,
        reason -> Nullable<Text>,
        uncertain -> Bool,
        tries -> Integer,
        made_at -> Timestamp,
        due_at -> Timestamp,
        settled_at -> Nullable<Timestamp>,
        held -> Nullable<Integer>,
        arrived_at -> Nullable<Timestamp>,
        gathered -> Bool,
        outlet_id -> Nullable<Binary>,
    }
}

diesel::table! {
    notice_outlets (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        kind -> Text,
        digest -> Binary,
        target -> Binary,
        name -> Binary,
        made_at -> Timestamp,
        asked_at -> Nullable<Timestamp>,
        confirmed_at -> Nullable<Timestamp>,
        failures -> Integer,
        failing_since -> Nullable<Timestamp>,
        unreached_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    notice_choices (citizen_id, topic, channel) {
        citizen_id -> Binary,
        topic -> Text,
        channel -> Text,
        wanted -> Bool,
    }
}

diesel::table! {
    notice_choices_for (citizen_id, principal, topic, channel) {
        citizen_id -> Binary,
        principal -> Text,
        topic -> Text,
        channel -> Text,
        wanted -> Bool,
    }
}

diesel::table! {
    follows (citizen_id, what) {
        citizen_id -> Binary,
        what -> Text,
        from_level -> Nullable<Integer>,
        since -> Timestamp,
    }
}

diesel::table! {
    spread_bulletins (id) {
        id -> Text,
        spread_at -> Timestamp,
        told -> BigInt,
    }
}

diesel::table! {
    notice_manners (citizen_id) {
        citizen_id -> Binary,
        quiet_from -> Integer,
        quiet_until -> Integer,
        gathered_at -> Nullable<Integer>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(notices, notice_ways);
