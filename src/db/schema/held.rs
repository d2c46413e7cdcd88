//! Tables of `wallet`.

diesel::table! {
    wallet_documents (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        company -> Text,
        kind -> Text,
        agency -> Nullable<Text>,
        known_by -> Binary,
        printed -> Binary,
        issued_on -> Date,
        expires_on -> Nullable<Date>,
        checked_on -> Nullable<Date>,
        next_on -> Nullable<Date>,
        status -> Text,
        seen_at -> Timestamp,
        gone_at -> Nullable<Timestamp>,
        discarded_at -> Nullable<Timestamp>,
        made_at -> Timestamp,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    wallet_sources (citizen_id, company, agency) {
        citizen_id -> Binary,
        company -> Text,
        agency -> Text,
        subject -> Text,
        outcome -> Text,
        asked_at -> Timestamp,
        answered_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    wallet_proofs (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        document_id -> Binary,
        code -> Binary,
        code_hash -> Binary,
        shown -> Binary,
        on_paper -> Bool,
        made_at -> Timestamp,
        until_at -> Timestamp,
    }
}
