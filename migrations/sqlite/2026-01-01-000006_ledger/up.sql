-- One key for each citizen, sealed with the ring. Erasing a person destroys it.
CREATE TABLE citizen_keys (
    citizen_id BLOB NOT NULL PRIMARY KEY,
    sealed_key BLOB,
    created_at TIMESTAMP NOT NULL,
    destroyed_at TIMESTAMP
);
-- Every look at personal data, and every act of staff.
CREATE TABLE looks (
    citizen_id BLOB NOT NULL,
    id BLOB NOT NULL,
    at TIMESTAMP NOT NULL,
    actor_kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    purpose TEXT NOT NULL,
    basis TEXT NOT NULL,
    fields TEXT NOT NULL,
    -- The reason given, encrypted under the citizen's key.
    detail BLOB,
    mac BLOB NOT NULL,
    -- Place on the chain; empty until sealed.
    position BIGINT,
    PRIMARY KEY (citizen_id, id)
);
CREATE INDEX looks_of_citizen ON looks (citizen_id, at);
CREATE INDEX looks_by_position ON looks (position);
