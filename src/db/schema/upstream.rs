//! Tables of `sso::upstream`.

diesel::table! {
    upstream_identities (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        provider -> Text,
        subject_hash -> Binary,
        linked_at -> Timestamp,
        used_at -> Timestamp,
    }
}
