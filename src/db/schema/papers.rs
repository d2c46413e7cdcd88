//! Tables of the papers in `cases`.

diesel::table! {
    case_files (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        matter -> Binary,
        place -> Text,
        media_type -> Text,
        size -> BigInt,
        about -> Binary,
        added_at -> Timestamp,
        handed_in_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    promised_papers (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        matter -> Binary,
        place -> Text,
        promised_at -> Timestamp,
        due_on -> Nullable<Date>,
        provisional -> Bool,
    }
}
