-- The chain over the entries of `looks`, in the order in which they were sealed.
CREATE TABLE chain (
    position BIGINT NOT NULL PRIMARY KEY,
    citizen_id BYTEA NOT NULL,
    look_id BYTEA NOT NULL,
    -- SHA-256 of the hash before it, the entry and the entry's digest.
    hash BYTEA NOT NULL,
    sealed_at TIMESTAMP NOT NULL,
    -- Keyed digest of this row: without the ring no row can be made, moved or changed.
    mac BYTEA NOT NULL
);
CREATE UNIQUE INDEX chain_of_look ON chain (citizen_id, look_id);
-- Signed ends of the chain, one for each run of the sealer.
CREATE TABLE chain_heads (
    position BIGINT NOT NULL PRIMARY KEY,
    -- Position of the head before, so that none can go missing between two others.
    previous BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    at TIMESTAMP NOT NULL,
    key_id TEXT NOT NULL,
    signature BYTEA NOT NULL
);
-- The keys that sign heads. The private half is sealed with the ring.
CREATE TABLE chain_keys (
    id TEXT NOT NULL PRIMARY KEY,
    public_key BYTEA NOT NULL,
    sealed_key BYTEA NOT NULL,
    created_at TIMESTAMP NOT NULL
);
-- What citizens asked about a look: why was this done?
CREATE TABLE look_questions (
    citizen_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    look_id BYTEA NOT NULL,
    asked_at TIMESTAMP NOT NULL,
    answered_at TIMESTAMP,
    -- Encrypted under the citizen's key.
    answer BYTEA,
    PRIMARY KEY (citizen_id, id)
);
-- Asking again changes nothing.
CREATE UNIQUE INDEX look_questions_once ON look_questions (citizen_id, look_id);
