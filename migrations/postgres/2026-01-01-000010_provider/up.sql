-- Keys that sign what the provider says. The private half is sealed with the ring.
CREATE TABLE oidc_keys (
    kid TEXT NOT NULL PRIMARY KEY,
    -- next: published, so that sites know it when its time comes; active: signs; retired: only verifies.
    state TEXT NOT NULL,
    public_key TEXT NOT NULL,
    private_key BYTEA NOT NULL,
    created_at TIMESTAMP NOT NULL,
    active_at TIMESTAMP,
    retired_at TIMESTAMP,
    CHECK (state IN ('next', 'active', 'retired'))
);
CREATE UNIQUE INDEX oidc_keys_active ON oidc_keys (state) WHERE state = 'active';
CREATE UNIQUE INDEX oidc_keys_next ON oidc_keys (state) WHERE state = 'next';
-- What a site asked for, until it is answered.
CREATE TABLE oidc_requests (
    -- A digest of the name that the browser carries.
    id BYTEA NOT NULL PRIMARY KEY,
    client_id BYTEA NOT NULL,
    ask TEXT NOT NULL,
    -- Sent by the site itself and not begun yet.
    pushed BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL,
    ends_at TIMESTAMP NOT NULL
);
CREATE INDEX oidc_requests_ending ON oidc_requests (ends_at);
-- One signing in at a site, and everything that was handed out for it.
CREATE TABLE oidc_grants (
    citizen_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    client_id BYTEA NOT NULL,
    -- The portal's session it came from and ends with.
    session_id BYTEA NOT NULL,
    scopes TEXT NOT NULL,
    level INTEGER NOT NULL,
    methods TEXT NOT NULL,
    proved_at TIMESTAMP NOT NULL,
    -- How often the refresh token was exchanged.
    generation INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    PRIMARY KEY (citizen_id, id)
);
CREATE INDEX oidc_grants_of_session ON oidc_grants (session_id) WHERE ended_at IS NULL;
CREATE INDEX oidc_grants_ended ON oidc_grants (ended_at) WHERE ended_at IS NOT NULL;
-- Codes and tokens by their digests: whoever reads the table cannot use what is in it.
CREATE TABLE oidc_codes (
    digest BYTEA NOT NULL PRIMARY KEY,
    citizen_id BYTEA NOT NULL,
    grant_id BYTEA NOT NULL,
    client_id BYTEA NOT NULL,
    redirect_uri TEXT NOT NULL,
    challenge TEXT NOT NULL,
    nonce TEXT,
    ends_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP
);
CREATE INDEX oidc_codes_ending ON oidc_codes (ends_at);
CREATE TABLE oidc_tokens (
    digest BYTEA NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    citizen_id BYTEA NOT NULL,
    grant_id BYTEA NOT NULL,
    client_id BYTEA NOT NULL,
    scopes TEXT NOT NULL,
    generation INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    ends_at TIMESTAMP NOT NULL,
    -- When a token of its generation was first exchanged.
    used_at TIMESTAMP,
    CHECK (kind IN ('access', 'refresh'))
);
CREATE INDEX oidc_tokens_of_grant ON oidc_tokens (citizen_id, grant_id);
CREATE INDEX oidc_tokens_ending ON oidc_tokens (ends_at);
-- Signed statements that were taken once and are not taken again.
CREATE TABLE oidc_seen (
    digest BYTEA NOT NULL PRIMARY KEY,
    ends_at TIMESTAMP NOT NULL
);
CREATE INDEX oidc_seen_ending ON oidc_seen (ends_at);
