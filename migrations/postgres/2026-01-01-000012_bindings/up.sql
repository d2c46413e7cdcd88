-- What the operator binds to the names in packages: where an agency's backend is and what opens it. One person
-- proposes, another approves.
CREATE TABLE environment_bindings (
    id BYTEA NOT NULL PRIMARY KEY,
    agency TEXT NOT NULL,
    alias TEXT NOT NULL,
    address TEXT NOT NULL,
    -- Values by name, sealed with the ring.
    secrets BYTEA NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at TIMESTAMP NOT NULL,
    approved_by TEXT,
    approved_at TIMESTAMP,
    ended_at TIMESTAMP,
    CHECK (approved_by <> proposed_by),
    CHECK ((approved_by IS NULL) = (approved_at IS NULL))
);
CREATE INDEX environment_bindings_of ON environment_bindings (agency, alias);
-- Of each, one is in force.
CREATE UNIQUE INDEX environment_binding_in_force ON environment_bindings (agency, alias)
    WHERE approved_at IS NOT NULL AND ended_at IS NULL;
-- Who wants to be told when an agency that did not answer is back.
CREATE TABLE return_wishes (
    citizen_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    agency TEXT NOT NULL,
    wished_at TIMESTAMP NOT NULL,
    told_at TIMESTAMP,
    PRIMARY KEY (citizen_id, id)
);
CREATE INDEX return_wishes_open ON return_wishes (agency, told_at);
