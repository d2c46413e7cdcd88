-- Life events: applications to several agencies that somebody fills in together.
CREATE TABLE together (
    citizen_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    -- For whom, if not for whoever fills it in.
    for_id BYTEA,
    company_id BYTEA,
    event TEXT NOT NULL,
    begun_at TIMESTAMP NOT NULL,
    PRIMARY KEY (citizen_id, id)
);

-- Its parts. Each has the id of its draft, and of the case that is made of it.
CREATE TABLE together_parts (
    citizen_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    together_id BYTEA NOT NULL,
    place INTEGER NOT NULL,
    service TEXT NOT NULL,
    PRIMARY KEY (citizen_id, id)
);
CREATE INDEX together_parts_of ON together_parts (citizen_id, together_id);
