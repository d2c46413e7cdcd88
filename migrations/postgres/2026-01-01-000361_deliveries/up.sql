-- How somebody wants the result of a case, where it is more than a page. One for a case, under the case's id.
CREATE TABLE case_deliveries (
    citizen_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('electronic', 'post', 'counter')),
    -- To whom and where, encrypted for the person.
    address BYTEA,
    -- Against which it is handed over at the counter, once it is there: encrypted, and by which it is compared. Gone when it was used.
    code BYTEA,
    code_hash BYTEA,
    chosen_at TIMESTAMP NOT NULL,
    PRIMARY KEY (citizen_id, id),
    CHECK ((way = 'post') = (address IS NOT NULL)),
    CHECK ((code IS NULL) = (code_hash IS NULL)),
    CHECK (code IS NULL OR way = 'counter')
);
