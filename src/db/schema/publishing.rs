//! Who may publish, and the life of each version of a package.

diesel::table! {
    agency_applications (id) {
        id -> Binary,
        slug -> Text,
        name_zh -> Text,
        name_en -> Text,
        kind -> Text,
        credit_code -> Text,
        contact -> Text,
        document -> Text,
        reference -> Text,
        state -> Text,
        applied_by -> Nullable<Text>,
        applied_at -> Timestamp,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
        reason -> Text,
    }
}

diesel::table! {
    releases (version) {
        version -> Binary,
        slug -> Text,
        state -> Text,
        uploaded_by -> Text,
        uploaded_at -> Timestamp,
        submitted_by -> Nullable<Text>,
        approved_by -> Nullable<Text>,
        approved_against -> Nullable<Binary>,
        phase -> Text,
        report -> Nullable<Text>,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    release_acts (id) {
        id -> Binary,
        slug -> Text,
        version -> Nullable<Binary>,
        act -> Text,
        actor -> Text,
        branch -> Text,
        words -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    package_imports (id) {
        id -> Binary,
        slug -> Text,
        file -> Text,
        description -> Binary,
        first_code -> Text,
        made_by -> Text,
        made_at -> Timestamp,
        phase -> Text,
        report -> Nullable<Text>,
        draft -> Nullable<Binary>,
    }
}
