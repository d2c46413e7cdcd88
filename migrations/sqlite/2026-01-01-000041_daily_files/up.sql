-- What agencies that exchange files have sent, and what waits to be sent to them. Lines are about people: they are
-- encrypted, and found again by a keyed digest of agency, table and key.
CREATE TABLE daily_files (
    agency TEXT NOT NULL,
    file_table TEXT NOT NULL,
    -- SHA-256 of the file's bytes: the same again changes nothing.
    digest TEXT NOT NULL,
    name TEXT NOT NULL,
    -- When the agency wrote it, and when it was taken over.
    written_at TIMESTAMP NOT NULL,
    taken_at TIMESTAMP NOT NULL,
    lines INTEGER NOT NULL,
    PRIMARY KEY (agency, file_table, digest)
);
CREATE INDEX daily_files_newest ON daily_files (agency, file_table, written_at);

CREATE TABLE daily_lines (
    agency TEXT NOT NULL,
    file_table TEXT NOT NULL,
    found_by BLOB NOT NULL,
    -- In the order of the file.
    place INTEGER NOT NULL,
    line BLOB NOT NULL,
    PRIMARY KEY (agency, file_table, found_by, place)
);

CREATE TABLE daily_waiting (
    agency TEXT NOT NULL,
    file_table TEXT NOT NULL,
    -- By which a repeat is known, also after the line went out.
    call_key TEXT NOT NULL,
    queued_at TIMESTAMP NOT NULL,
    sent_at TIMESTAMP,
    -- Gone when it was sent.
    line BLOB,
    PRIMARY KEY (agency, file_table, call_key)
);
CREATE INDEX daily_waiting_next ON daily_waiting (agency, file_table, queued_at);
