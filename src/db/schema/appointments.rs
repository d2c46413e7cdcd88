//! Tables of `bookings`.

diesel::table! {
    bookings (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        reference -> Text,
        company_id -> Nullable<Binary>,
        acting_id -> Binary,
        relation -> Text,
        level -> Integer,
        service -> Text,
        agency -> Text,
        version -> Binary,
        form -> Nullable<Text>,
        state -> Text,
        chosen -> Binary,
        slot_key -> Binary,
        starts_at -> Timestamp,
        ends_at -> Timestamp,
        day -> Date,
        answers -> Nullable<Binary>,
        held_until -> Nullable<Timestamp>,
        handover -> Text,
        next_try_at -> Nullable<Timestamp>,
        agency_reference -> Nullable<Text>,
        ticket -> Nullable<Text>,
        code -> Text,
        session_id -> Nullable<Binary>,
        replaces -> Nullable<Binary>,
        refund -> Bool,
        made_at -> Timestamp,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    booking_steps (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        booking_id -> Binary,
        at -> Timestamp,
        by_kind -> Text,
        by_whom -> Text,
        act -> Text,
        from_state -> Nullable<Text>,
        to_state -> Text,
        reason -> Nullable<Binary>,
    }
}

diesel::table! {
    booking_sessions (id) {
        id -> Binary,
        service -> Text,
        agency -> Text,
        place -> Text,
        starts_at -> Timestamp,
        ends_at -> Timestamp,
        day -> Date,
        capacity -> Integer,
        taken -> Integer,
        stopped_at -> Nullable<Timestamp>,
        stopped_why -> Nullable<Text>,
        stopped_by -> Nullable<Text>,
    }
}

diesel::table! {
    booking_waits (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        company_id -> Nullable<Binary>,
        acting_id -> Binary,
        relation -> Text,
        level -> Integer,
        service -> Text,
        agency -> Text,
        place -> Text,
        day -> Date,
        offer_minutes -> Integer,
        state -> Text,
        made_at -> Timestamp,
    }
}

diesel::table! {
    walk_ins (service, day, hour) {
        service -> Text,
        day -> Date,
        hour -> Integer,
        people -> Integer,
    }
}
