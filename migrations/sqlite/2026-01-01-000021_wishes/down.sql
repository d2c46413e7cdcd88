CREATE TEMPORARY TABLE wishes_kept AS SELECT * FROM return_wishes;
DROP TABLE return_wishes;
CREATE TABLE return_wishes (
    citizen_id BLOB NOT NULL,
    id BLOB NOT NULL,
    agency TEXT NOT NULL,
    wished_at TIMESTAMP NOT NULL,
    told_at TIMESTAMP,
    PRIMARY KEY (citizen_id, id)
);
INSERT INTO return_wishes SELECT citizen_id, id, agency, wished_at, NULL FROM wishes_kept;
DROP TABLE wishes_kept;
CREATE INDEX return_wishes_open ON return_wishes (agency, told_at);
