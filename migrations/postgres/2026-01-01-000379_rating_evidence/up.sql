-- Pictures that an agency brings about a rating: that it was put right, or what shows that an objection is right. Each file has
-- a key of its own, sealed here. They go with the person who rated.
CREATE TABLE rating_evidence (
    id BYTEA NOT NULL PRIMARY KEY,
    rating_id BYTEA NOT NULL REFERENCES ratings (id),
    agency TEXT NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('fix', 'appeal')),
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    key BYTEA NOT NULL,
    brought_by BYTEA NOT NULL,
    made_at TIMESTAMP NOT NULL
);
CREATE INDEX rating_evidence_of ON rating_evidence (rating_id, id);
