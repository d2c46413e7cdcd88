-- What officers put down for whoever asks a service that no backend answers: how full a park is, what to mind abroad.
CREATE TABLE desk_notes (
    id BLOB NOT NULL PRIMARY KEY,
    agency TEXT NOT NULL,
    service TEXT NOT NULL,
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    text_zh TEXT NOT NULL,
    text_en TEXT NOT NULL,
    -- The login of whoever put it down, and of whoever took it away.
    made_by TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    ended_by TEXT,
    ended_at TIMESTAMP,
    CHECK ((ended_by IS NULL) = (ended_at IS NULL))
);
CREATE INDEX desk_notes_of ON desk_notes (service, id);
