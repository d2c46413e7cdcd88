-- Life events: applications to several agencies that somebody fills in together.
CREATE TABLE together (
    citizen_id BLOB NOT NULL,
    id BLOB NOT NULL,
    -- For whom, if not for whoever fills it in.
    for_id BLOB,
    company_id BLOB,
    event TEXT NOT NULL,
    begun_at TIMESTAMP NOT NULL,
    PRIMARY KEY (citizen_id, id)
);

-- Its parts. Each has the id of its draft, and of the case that is made of it.
CREATE TABLE together_parts (
    citizen_id BLOB NOT NULL,
    id BLOB NOT NULL,
    together_id BLOB NOT NULL,
    place INTEGER NOT NULL,
    service TEXT NOT NULL,
    PRIMARY KEY (citizen_id, id)
);
CREATE INDEX together_parts_of ON together_parts (citizen_id, together_id);
