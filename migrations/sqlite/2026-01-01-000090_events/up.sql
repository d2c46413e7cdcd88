-- What agencies' backends have told. An event is stored before it is answered; the same id of the same source is the
-- same event. What it says is encrypted, and gone when it is settled.
CREATE TABLE inbound_events (
    id BLOB NOT NULL PRIMARY KEY,
    agency TEXT NOT NULL,
    source TEXT NOT NULL,
    event_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject BLOB NOT NULL,
    sequence BIGINT NOT NULL,
    happened_at TIMESTAMP NOT NULL,
    received_at TIMESTAMP NOT NULL,
    body BLOB,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'applied', 'overtaken', 'refused')),
    reason TEXT,
    settled_at TIMESTAMP,
    CHECK ((state = 'waiting') = (settled_at IS NULL)),
    CHECK ((state = 'waiting') = (body IS NOT NULL))
);
CREATE UNIQUE INDEX inbound_events_once ON inbound_events (agency, source, event_id);
CREATE INDEX inbound_events_state ON inbound_events (state, kind, id);
CREATE INDEX inbound_events_settled ON inbound_events (settled_at);

-- How far each thing has come of which an agency tells: what comes late is not taken for the newest.
CREATE TABLE inbound_subjects (
    agency TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject BLOB NOT NULL,
    sequence BIGINT NOT NULL,
    PRIMARY KEY (agency, kind, subject)
);

-- Numbers of requests, kept as long as one could be sent again.
CREATE TABLE inbound_nonces (
    agency TEXT NOT NULL,
    nonce TEXT NOT NULL,
    seen_at TIMESTAMP NOT NULL,
    PRIMARY KEY (agency, nonce)
);
CREATE INDEX inbound_nonces_age ON inbound_nonces (seen_at);

-- Notices that agencies' backends have published. A row stays when the notice is over, so that the sum of
-- the revisions tells one state from another.
CREATE TABLE issued_bulletins (
    agency TEXT NOT NULL,
    own_id TEXT NOT NULL,
    published_at TIMESTAMP NOT NULL,
    body TEXT NOT NULL,
    revision BIGINT NOT NULL,
    PRIMARY KEY (agency, own_id)
);
