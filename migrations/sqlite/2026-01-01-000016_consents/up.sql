-- What a citizen agreed to: for whom, for what, which kinds of data. A withdrawn consent stays on record.
CREATE TABLE consents (
    citizen_id BLOB NOT NULL,
    id BLOB NOT NULL,
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
-- What citizens asked to have done with their data: erased or corrected.
CREATE TABLE data_requests (
    citizen_id BLOB NOT NULL,
    id BLOB NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('erase', 'correct')),
    -- What is wrong and how it should be, encrypted under the citizen's key.
    said BLOB,
    made_at TIMESTAMP NOT NULL,
    -- When it is carried out, or answered at the latest.
    due_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    outcome TEXT CHECK (outcome IN ('done', 'withdrawn', 'refused')),
    -- What was answered, encrypted likewise.
    answer BLOB,
    PRIMARY KEY (citizen_id, id),
    CHECK ((ended_at IS NULL) = (outcome IS NULL))
);
CREATE UNIQUE INDEX data_requests_one_erasure ON data_requests (citizen_id) WHERE kind = 'erase' AND ended_at IS NULL;
