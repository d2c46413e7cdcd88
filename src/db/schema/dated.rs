//! Tables of `reminders`.

diesel::table! {
    deadlines (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        source -> Text,
        source_id -> Text,
        matter -> Text,
        about -> Text,
        words -> Nullable<Binary>,
        due_on -> Date,
        closes_on -> Date,
        last_chance_on -> Date,
        since_on -> Date,
        rule_plan -> Text,
        own_plan -> Nullable<Text>,
        muted -> Bool,
        snoozed_until -> Nullable<Date>,
        ended -> Nullable<Text>,
        waiting -> Integer,
        settled -> Integer,
        next_look -> Nullable<Date>,
        made_at -> Timestamp,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    reminders (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        deadline_id -> Binary,
        due_on -> Date,
        days_before -> Integer,
        state -> Text,
        reason -> Nullable<Text>,
        checked -> Nullable<Bool>,
        armed_at -> Timestamp,
        settled_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    reminder_rules (kind) {
        kind -> Text,
        digest -> Text,
    }
}

diesel::table! {
    date_feeds (citizen_id) {
        citizen_id -> Binary,
        token -> Binary,
        token_hash -> Binary,
        language -> Text,
        made_at -> Timestamp,
    }
}

diesel::allow_tables_to_appear_in_same_query!(deadlines, reminders);
