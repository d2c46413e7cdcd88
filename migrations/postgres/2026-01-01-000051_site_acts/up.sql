-- Who let an agency's own site in, shut it and opened it again.
CREATE TABLE oidc_client_acts (
    id BYTEA NOT NULL PRIMARY KEY,
    client_id BYTEA NOT NULL REFERENCES oidc_clients (id),
    act TEXT NOT NULL,
    actor TEXT NOT NULL,
    -- Of whoever did it: what a branch shut, nobody further down opens.
    branch TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    CHECK (act IN ('approved', 'shut', 'reopened'))
);
CREATE INDEX oidc_client_acts_of ON oidc_client_acts (client_id, at);
