//! Tables of acting for others.

diesel::table! {
    companies (id) {
        id -> Binary,
        credit_code -> Text,
        name -> Text,
        legal_person -> Binary,
        state -> Text,
        proof -> Binary,
        created_at -> Timestamp,
        changed_at -> Timestamp,
        assigned_to -> Nullable<Binary>,
    }
}

diesel::table! {
    delegations (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        kind -> Text,
        company_id -> Nullable<Binary>,
        agent_id -> Nullable<Binary>,
        offered_to -> Nullable<Binary>,
        shown -> Text,
        scope -> Text,
        starts_at -> Timestamp,
        ends_at -> Timestamp,
        state -> Text,
        proof -> Binary,
        agent_name -> Binary,
        agreed_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
        changed_at -> Timestamp,
        assigned_to -> Nullable<Binary>,
    }
}

diesel::table! {
    deeds (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        delegation_id -> Binary,
        agent_id -> Binary,
        company_id -> Nullable<Binary>,
        agent_name -> Binary,
        what -> Text,
        service -> Nullable<Text>,
        at -> Timestamp,
    }
}
