-- Accounts at national identity providers by which citizens sign in.
CREATE TABLE upstream_identities (
    citizen_id BYTEA NOT NULL REFERENCES citizens (id),
    id BYTEA NOT NULL,
    provider TEXT NOT NULL,
    -- Keyed hash of the provider's issuer and of what it calls the person. The name itself is not kept.
    subject_hash BYTEA NOT NULL,
    linked_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP NOT NULL,
    PRIMARY KEY (citizen_id, id)
);
-- One person there is one account here, and the other way round.
CREATE UNIQUE INDEX upstream_identities_by_subject ON upstream_identities (subject_hash);
CREATE UNIQUE INDEX upstream_identities_of_citizen ON upstream_identities (citizen_id, provider);
