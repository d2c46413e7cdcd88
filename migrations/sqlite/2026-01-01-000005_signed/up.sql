-- Sessions only last hours: those of the old form end here.
DROP TABLE sessions;
CREATE TABLE sessions (
    -- A digest: whoever reads the table cannot use what is in it.
    token_hash BLOB NOT NULL PRIMARY KEY,
    -- The name by which its owner sees and ends it.
    id BLOB NOT NULL,
    realm TEXT NOT NULL,
    subject BLOB NOT NULL,
    data TEXT NOT NULL,
    -- What kind of device, in a few words, and roughly from where.
    device TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    seen_at TIMESTAMP NOT NULL,
    ends_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX sessions_by_id ON sessions (id);
CREATE INDEX sessions_by_subject ON sessions (subject, realm);
CREATE INDEX sessions_ending ON sessions (ends_at);
