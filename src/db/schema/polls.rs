//! Tables of `surveys`.

diesel::table! {
    surveys (id) {
        id -> Binary,
        agency -> Text,
        title_zh -> Text,
        title_en -> Text,
        lead_zh -> Text,
        lead_en -> Text,
        who -> Text,
        names -> Text,
        questions -> Text,
        opens_on -> Date,
        closes_on -> Date,
        made_by -> Text,
        made_at -> Timestamp,
        changed_at -> Timestamp,
        published_by -> Nullable<Text>,
        published_at -> Nullable<Timestamp>,
        ended_at -> Nullable<Timestamp>,
        cleared_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    survey_answers (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        survey_id -> Binary,
        answers -> Binary,
        made_at -> Timestamp,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    survey_files (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        survey_id -> Binary,
        question -> Text,
        media_type -> Text,
        size -> BigInt,
        about -> Binary,
        added_at -> Timestamp,
    }
}

diesel::table! {
    survey_unnamed (id) {
        id -> Binary,
        survey_id -> Binary,
        day -> Date,
        answers -> Binary,
    }
}

diesel::table! {
    survey_marks (survey_id, mark) {
        survey_id -> Binary,
        mark -> Binary,
    }
}

diesel::table! {
    survey_counts (survey_id, question, choice) {
        survey_id -> Binary,
        question -> Text,
        choice -> Text,
        count -> BigInt,
    }
}

diesel::table! {
    portal_surveys (survey_id) {
        survey_id -> Binary,
        named_by -> Text,
        named_at -> Timestamp,
    }
}

diesel::allow_tables_to_appear_in_same_query!(surveys, survey_answers, survey_files);
