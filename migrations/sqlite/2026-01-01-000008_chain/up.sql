-- The chain over the entries of `looks`, in the order in which they were sealed.
CREATE TABLE chain (
    position BIGINT NOT NULL PRIMARY KEY,
    citizen_id BLOB NOT NULL,
    look_id BLOB NOT NULL,
    -- SHA-256 of the hash before it, the entry and the entry's digest.
    hash BLOB NOT NULL,
    sealed_at TIMESTAMP NOT NULL,
    -- Keyed digest of this row: without the ring no row can be made, moved or changed.
    mac BLOB NOT NULL
);
CREATE UNIQUE INDEX chain_of_look ON chain (citizen_id, look_id);
-- Signed ends of the chain, one for each run of the sealer.
CREATE TABLE chain_heads (
    position BIGINT NOT NULL PRIMARY KEY,
    -- Position of the head before, so that none can go missing between two others.
    previous BIGINT NOT NULL,
    hash BLOB NOT NULL,
    at TIMESTAMP NOT NULL,
    key_id TEXT NOT NULL,
    signature BLOB NOT NULL
);
-- The keys that sign heads. The private half is sealed with the ring.
CREATE TABLE chain_keys (
    id TEXT NOT NULL PRIMARY KEY,
    public_key BLOB NOT NULL,
    sealed_key BLOB NOT NULL,
    created_at TIMESTAMP NOT NULL
);
-- What citizens asked about a look: why was this done?
CREATE TABLE look_questions (
    citizen_id BLOB NOT NULL,
    id BLOB NOT NULL,
    look_id BLOB NOT NULL,
    asked_at TIMESTAMP NOT NULL,
    answered_at TIMESTAMP,
    -- Encrypted under the citizen's key.
    answer BLOB,
    PRIMARY KEY (citizen_id, id)
);
-- Asking again changes nothing.
CREATE UNIQUE INDEX look_questions_once ON look_questions (citizen_id, look_id);
