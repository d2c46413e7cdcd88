-- Work on an agency's backend that was announced ahead: in this while it is not called.
CREATE TABLE maintenance (
    id BYTEA NOT NULL PRIMARY KEY,
    agency TEXT NOT NULL,
    starts_at TIMESTAMP NOT NULL,
    ends_at TIMESTAMP NOT NULL,
    reason_zh TEXT NOT NULL,
    reason_en TEXT NOT NULL,
    announced_by TEXT NOT NULL,
    announced_at TIMESTAMP NOT NULL,
    cancelled_by TEXT,
    cancelled_at TIMESTAMP,
    CHECK (ends_at > starts_at)
);
CREATE INDEX maintenance_of ON maintenance (agency, ends_at);
CREATE INDEX maintenance_ahead ON maintenance (ends_at);

-- What was done about an agency's backend, by whom and why: ordered outages, maintenance, suspensions.
CREATE TABLE agency_incidents (
    id BYTEA NOT NULL PRIMARY KEY,
    agency TEXT NOT NULL,
    -- Where it concerns one kind of question only.
    capability TEXT,
    act TEXT NOT NULL,
    -- The login name of a member of staff, what the command line was told, or empty: by itself.
    by_whom TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TIMESTAMP NOT NULL
);
CREATE INDEX agency_incidents_of ON agency_incidents (agency, at);
