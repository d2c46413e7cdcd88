-- Agencies' own sites, at which citizens sign in with the portal.
CREATE TABLE oidc_clients (
    id BLOB NOT NULL PRIMARY KEY,
    agency TEXT NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    -- Sites of one sector know a citizen by the same pseudonym.
    sector TEXT NOT NULL,
    redirect_uris TEXT NOT NULL,
    post_logout_redirect_uris TEXT NOT NULL,
    backchannel_logout_uri TEXT,
    auth_method TEXT NOT NULL,
    -- A digest: the secret itself is shown once and kept nowhere.
    secret_hash BLOB,
    -- The site's public keys.
    jwks TEXT,
    scopes TEXT NOT NULL,
    par_required BOOLEAN NOT NULL,
    state TEXT NOT NULL,
    created_by TEXT NOT NULL,
    approved_by TEXT,
    created_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    CHECK (state IN ('draft', 'pending', 'approved', 'suspended')),
    -- Nobody lets in what they registered themselves.
    CHECK (approved_by IS NULL OR approved_by <> created_by),
    CHECK (state <> 'approved' OR approved_by IS NOT NULL)
);
CREATE UNIQUE INDEX oidc_clients_by_name ON oidc_clients (agency, name_en);
