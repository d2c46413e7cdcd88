DROP TABLE sessions;
CREATE TABLE sessions (
    -- A digest: whoever reads the table cannot use what is in it.
    token_hash BYTEA NOT NULL PRIMARY KEY,
    data TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    seen_at TIMESTAMP NOT NULL,
    ends_at TIMESTAMP NOT NULL
);
CREATE INDEX sessions_ending ON sessions (ends_at);
