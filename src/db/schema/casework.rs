//! Tables of `cases`.

diesel::table! {
    drafts (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        for_id -> Nullable<Binary>,
        company_id -> Nullable<Binary>,
        service -> Text,
        version -> Binary,
        form -> Text,
        typed -> Binary,
        occasion -> Nullable<Binary>,
        begun_at -> Timestamp,
        saved_at -> Timestamp,
        step -> Nullable<Text>,
    }
}

diesel::table! {
    cases (citizen_id, id) {
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
        answers -> Binary,
        occasion -> Nullable<Binary>,
        submitted_at -> Timestamp,
        changed_at -> Timestamp,
        accepted_on -> Nullable<Date>,
        due_on -> Nullable<Date>,
        extended_by -> Integer,
        handover -> Text,
        sent_at -> Nullable<Timestamp>,
        next_try_at -> Nullable<Timestamp>,
        agency_reference -> Nullable<Text>,
        sequence -> BigInt,
        asked -> Integer,
        round -> Integer,
        handed_at -> Nullable<Timestamp>,
        promised_on -> Nullable<Date>,
        district -> Nullable<Text>,
    }
}

diesel::table! {
    case_steps (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        case_id -> Binary,
        at -> Timestamp,
        by_kind -> Text,
        by_whom -> Text,
        act -> Text,
        from_state -> Nullable<Text>,
        to_state -> Text,
        said -> Nullable<Binary>,
    }
}

diesel::table! {
    case_rounds (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        case_id -> Binary,
        round -> Integer,
        answers -> Binary,
        replaced_at -> Timestamp,
    }
}

diesel::table! {
    desk_work (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        branch -> Text,
        assigned_to -> Nullable<Binary>,
        seen_at -> Nullable<Timestamp>,
        clock_on -> Nullable<Date>,
        provisional -> Bool,
    }
}

diesel::table! {
    desk_proposals (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        case_id -> Binary,
        act -> Text,
        said -> Binary,
        proposed_by -> Binary,
        proposed_at -> Timestamp,
        settled_by -> Nullable<Binary>,
        settled_at -> Nullable<Timestamp>,
        outcome -> Nullable<Text>,
        remark -> Nullable<Binary>,
    }
}

diesel::table! {
    case_results (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        code -> Binary,
        code_hash -> Binary,
        made_at -> Timestamp,
    }
}

diesel::table! {
    case_deliveries (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        way -> Text,
        address -> Nullable<Binary>,
        code -> Nullable<Binary>,
        code_hash -> Nullable<Binary>,
        chosen_at -> Timestamp,
    }
}

diesel::table! {
    desk_notes (id) {
        id -> Binary,
        agency -> Text,
        service -> Text,
        title_zh -> Text,
        title_en -> Text,
        text_zh -> Text,
        text_en -> Text,
        made_by -> Text,
        made_at -> Timestamp,
        ended_by -> Nullable<Text>,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(cases, desk_work, desk_proposals);
diesel::allow_tables_to_appear_in_same_query!(together, together_parts);

diesel::table! {
    together (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        for_id -> Nullable<Binary>,
        company_id -> Nullable<Binary>,
        event -> Text,
        begun_at -> Timestamp,
    }
}

diesel::table! {
    together_parts (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        together_id -> Binary,
        place -> Integer,
        service -> Text,
    }
}
