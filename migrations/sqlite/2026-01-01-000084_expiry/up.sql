-- Until when each secret of a binding is good, as JSON: name and day. Never the secret.
ALTER TABLE environment_bindings ADD COLUMN expiries TEXT NOT NULL DEFAULT '{}';

-- Of which secret it was said, and how long before its end: each once.
CREATE TABLE expiry_warnings (
    binding_id BLOB NOT NULL,
    name TEXT NOT NULL,
    -- Days before the end: 30, 14, 7, 1; 0 when it is over.
    stage INTEGER NOT NULL,
    warned_at TIMESTAMP NOT NULL,
    PRIMARY KEY (binding_id, name, stage)
);

-- Whom an agency wants told what happens to its connection.
CREATE TABLE agency_contacts (
    agency TEXT NOT NULL PRIMARY KEY,
    email BLOB NOT NULL,
    lang TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TIMESTAMP NOT NULL
);
