//! Tables of `households`.

diesel::table! {
    households (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        agency -> Text,
        service -> Text,
        district -> Nullable<Text>,
        members -> Integer,
        about -> Binary,
        opened_at -> Timestamp,
        visited_on -> Nullable<Date>,
        next_on -> Date,
        ended_on -> Nullable<Date>,
    }
}

diesel::table! {
    household_visits (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        household_id -> Binary,
        agency -> Text,
        service -> Text,
        visited_on -> Date,
        outcome -> Text,
        words -> Binary,
        made_by -> Binary,
        made_at -> Timestamp,
    }
}
