//! Tables of what citizens ask about their data.

diesel::table! {
    inquiries (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        kind -> Text,
        look_id -> Nullable<Binary>,
        agency -> Text,
        branch -> Text,
        concerns -> Nullable<Binary>,
        said -> Nullable<Binary>,
        state -> Text,
        assigned_to -> Nullable<Binary>,
        made_at -> Timestamp,
        due_at -> Timestamp,
        provisional -> Bool,
        objected_at -> Nullable<Timestamp>,
        objection -> Nullable<Binary>,
    }
}

diesel::table! {
    inquiry_answers (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        inquiry_id -> Binary,
        level -> Text,
        outcome -> Text,
        words -> Binary,
        turn_to -> Nullable<Binary>,
        answered_by -> Binary,
        answered_at -> Timestamp,
    }
}
