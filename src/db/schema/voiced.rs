//! Tables of `voice`.

diesel::table! {
    voice_orders (id) {
        id -> Binary,
        number -> Text,
        kind -> Text,
        state -> Text,
        topic -> Nullable<Text>,
        service -> Nullable<Text>,
        district -> Nullable<Text>,
        asset -> Nullable<Text>,
        agency -> Nullable<Text>,
        branch -> Text,
        secret -> Bool,
        due_on -> Nullable<Date>,
        provisional -> Bool,
        return_by -> Nullable<Date>,
        decided -> Bool,
        extended -> Bool,
        reopened -> Bool,
        supervised_at -> Nullable<Timestamp>,
        merged_into -> Nullable<Binary>,
        made_at -> Timestamp,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    voice_units (order_id, agency) {
        order_id -> Binary,
        agency -> Text,
        branch -> Text,
        since -> Timestamp,
    }
}

diesel::table! {
    voice_steps (id) {
        id -> Binary,
        order_id -> Binary,
        at -> Timestamp,
        by_kind -> Text,
        by_staff -> Nullable<Binary>,
        agency -> Nullable<Text>,
        act -> Text,
        to_state -> Text,
        said -> Nullable<Binary>,
    }
}

diesel::table! {
    voice_reports (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        order_id -> Binary,
        words -> Binary,
        made_at -> Timestamp,
        verdict -> Nullable<Text>,
        judged_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    voice_guests (id) {
        id -> Binary,
        order_id -> Binary,
        code -> Binary,
        words -> Binary,
        made_at -> Timestamp,
        verdict -> Nullable<Text>,
        judged_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    voice_photos (id) {
        id -> Binary,
        order_id -> Binary,
        report_id -> Binary,
        media_type -> Text,
        size -> BigInt,
        key -> Binary,
        made_at -> Timestamp,
    }
}

diesel::table! {
    voice_answers (id) {
        id -> Binary,
        order_id -> Binary,
        agency -> Text,
        service -> Nullable<Text>,
        question -> Text,
        answer -> Text,
        drafted_by -> Binary,
        drafted_at -> Timestamp,
        published_by -> Nullable<Binary>,
        published_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    voice_disputes (order_id) {
        order_id -> Binary,
        rating_id -> Binary,
        side -> Text,
        agency -> Text,
        first_by -> Binary,
        words -> Nullable<Binary>,
        changed -> Bool,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    voice_orders,
    voice_units,
    voice_reports,
    voice_guests,
    voice_disputes,
);
