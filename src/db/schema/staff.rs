//! Tables of staff.

diesel::table! {
    branches (path) {
        path -> Text,
        name -> Text,
        created_at -> Timestamp,
        added_from -> Text,
    }
}

diesel::table! {
    staff_members (id) {
        id -> Binary,
        branch -> Text,
        role -> Text,
        login -> Text,
        name -> Binary,
        state -> Text,
        password_hash -> Nullable<Text>,
        totp -> Nullable<Binary>,
        last_step -> BigInt,
        ends_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    staff_invitations (token_hash) {
        token_hash -> Binary,
        staff_id -> Binary,
        ends_at -> Timestamp,
    }
}

diesel::table! {
    staff_recovery_codes (staff_id, code_hash) {
        staff_id -> Binary,
        code_hash -> Binary,
    }
}

diesel::table! {
    assignments (staff_id, kind, subject) {
        staff_id -> Binary,
        kind -> Text,
        subject -> Binary,
        created_at -> Timestamp,
    }
}

diesel::table! {
    staff_acts (id) {
        id -> Binary,
        actor -> Nullable<Binary>,
        subject -> Binary,
        act -> Text,
        detail -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    circulars (id) {
        id -> Binary,
        branch -> Text,
        author -> Binary,
        title -> Text,
        body -> Text,
        said_at -> Timestamp,
        taken_back_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    circular_reads (circular_id, staff_id) {
        circular_id -> Binary,
        staff_id -> Binary,
        read_at -> Timestamp,
    }
}

diesel::table! {
    access_links (token_hash) {
        token_hash -> Binary,
        citizen_id -> Binary,
        ends_at -> Timestamp,
    }
}

diesel::table! {
    breach_notices (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        text -> Binary,
        told_at -> Timestamp,
        read_at -> Nullable<Timestamp>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(circulars, circular_reads, staff_members);
