-- What a citizen agreed to: for whom, for what, which kinds of data. A withdrawn consent stays on record.
CREATE TABLE consents (
    citizen_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    -- Who may have the data: an agency's public name.
    recipient TEXT NOT NULL,
    purpose TEXT NOT NULL,
    kinds TEXT NOT NULL,
    -- Which wording was agreed to: a new one needs a new consent.
    version TEXT NOT NULL,
    given_at TIMESTAMP NOT NULL,
    withdrawn_at TIMESTAMP,
    PRIMARY KEY (citizen_id, id)
);
-- Of several consents for the same only one is in force.
CREATE UNIQUE INDEX consents_in_force ON consents (citizen_id, recipient, purpose) WHERE withdrawn_at IS NULL;
