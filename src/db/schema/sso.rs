//! Tables of `sso`'s provider, and of the sites that agencies register for it.

use super::web::sessions;

diesel::table! {
    oidc_clients (id) {
        id -> Binary,
        agency -> Text,
        name_zh -> Text,
        name_en -> Text,
        sector -> Text,
        redirect_uris -> Text,
        post_logout_redirect_uris -> Text,
        backchannel_logout_uri -> Nullable<Text>,
        auth_method -> Text,
        secret_hash -> Nullable<Binary>,
        jwks -> Nullable<Text>,
        scopes -> Text,
        par_required -> Bool,
        state -> Text,
        created_by -> Text,
        approved_by -> Nullable<Text>,
        created_at -> Timestamp,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    oidc_client_acts (id) {
        id -> Binary,
        client_id -> Binary,
        act -> Text,
        actor -> Text,
        branch -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    oidc_keys (kid) {
        kid -> Text,
        state -> Text,
        public_key -> Text,
        private_key -> Binary,
        created_at -> Timestamp,
        active_at -> Nullable<Timestamp>,
        retired_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    oidc_requests (id) {
        id -> Binary,
        client_id -> Binary,
        ask -> Text,
        pushed -> Bool,
        created_at -> Timestamp,
        ends_at -> Timestamp,
    }
}

diesel::table! {
    oidc_grants (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        client_id -> Binary,
        session_id -> Binary,
        scopes -> Text,
        level -> Integer,
        methods -> Text,
        proved_at -> Timestamp,
        generation -> Integer,
        created_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    oidc_codes (digest) {
        digest -> Binary,
        citizen_id -> Binary,
        grant_id -> Binary,
        client_id -> Binary,
        redirect_uri -> Text,
        challenge -> Text,
        nonce -> Nullable<Text>,
        ends_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    oidc_tokens (digest) {
        digest -> Binary,
        kind -> Text,
        citizen_id -> Binary,
        grant_id -> Binary,
        client_id -> Binary,
        scopes -> Text,
        generation -> Integer,
        created_at -> Timestamp,
        ends_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    oidc_seen (digest) {
        digest -> Binary,
        ends_at -> Timestamp,
    }
}

diesel::joinable!(oidc_grants -> oidc_clients (client_id));
diesel::allow_tables_to_appear_in_same_query!(oidc_grants, oidc_clients, sessions);
