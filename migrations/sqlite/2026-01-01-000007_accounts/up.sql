CREATE TABLE citizens (
    id BLOB NOT NULL PRIMARY KEY,
    -- open; closed: by the person; held: by staff, such as after a death; erased.
    state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'held', 'erased')),
    -- How sure the city is of who this is: 2 to 5.
    level INTEGER NOT NULL CHECK (level BETWEEN 2 AND 5),
    name BLOB,
    language TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
-- Identity numbers. One counts only once verified: until then anybody may have written it down.
CREATE TABLE identities (
    citizen_id BLOB NOT NULL REFERENCES citizens (id),
    id BLOB NOT NULL,
    number BLOB NOT NULL,
    -- Filled in by verification: before it nobody can be found by the number.
    number_hash BLOB,
    verified_at TIMESTAMP,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (citizen_id, id),
    CHECK ((number_hash IS NULL) = (verified_at IS NULL))
);
CREATE UNIQUE INDEX identities_claimed ON identities (number_hash);
CREATE TABLE contact_points (
    citizen_id BLOB NOT NULL REFERENCES citizens (id),
    id BLOB NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('phone', 'email')),
    value BLOB NOT NULL,
    -- Filled in by verification, and then nobody else's.
    value_hash BLOB,
    verified_at TIMESTAMP,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (citizen_id, id),
    CHECK ((value_hash IS NULL) = (verified_at IS NULL))
);
CREATE UNIQUE INDEX contact_points_verified ON contact_points (value_hash);
CREATE TABLE credentials (
    citizen_id BLOB NOT NULL REFERENCES citizens (id),
    id BLOB NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('password', 'totp', 'passkey', 'recovery')),
    -- By which a passkey or a recovery code is found.
    lookup BLOB,
    secret BLOB NOT NULL,
    label TEXT NOT NULL,
    -- The last step of a one-time password that was taken: none counts twice.
    last_step BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP,
    PRIMARY KEY (citizen_id, id)
);
CREATE UNIQUE INDEX credentials_by_lookup ON credentials (lookup);
-- Codes sent to a telephone or a mailbox, and what is to happen once they come back.
CREATE TABLE one_time_codes (
    id BLOB NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL,
    code_hash BLOB NOT NULL,
    -- What the code was asked for, encrypted.
    carries BLOB NOT NULL,
    tries INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    ends_at TIMESTAMP NOT NULL
);
CREATE INDEX one_time_codes_ending ON one_time_codes (ends_at);
