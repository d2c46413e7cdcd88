-- What citizens asked about a look: why was this done?
CREATE TABLE look_questions (
    citizen_id BLOB NOT NULL,
    id BLOB NOT NULL,
    look_id BLOB NOT NULL,
    asked_at TIMESTAMP NOT NULL,
    answered_at TIMESTAMP,
    -- Encrypted under the citizen's key.
    answer BLOB,
    PRIMARY KEY (citizen_id, id)
);
-- Asking again changes nothing.
CREATE UNIQUE INDEX look_questions_once ON look_questions (citizen_id, look_id);
INSERT INTO look_questions (citizen_id, id, look_id, asked_at)
SELECT citizen_id, id, look_id, made_at FROM inquiries WHERE kind = 'why';
CREATE TEMPORARY TABLE erasures AS SELECT * FROM data_requests;
DROP TABLE data_requests;
CREATE TABLE data_requests (
    citizen_id BLOB NOT NULL,
    id BLOB NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('erase', 'correct')),
    -- What is wrong and how it should be, encrypted under the citizen's key.
    said BLOB,
    made_at TIMESTAMP NOT NULL,
    -- When it is carried out, or answered at the latest.
    due_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    outcome TEXT CHECK (outcome IN ('done', 'withdrawn', 'refused')),
    -- What was answered, encrypted likewise.
    answer BLOB,
    PRIMARY KEY (citizen_id, id),
    CHECK ((ended_at IS NULL) = (outcome IS NULL))
);
CREATE UNIQUE INDEX data_requests_one_erasure ON data_requests (citizen_id) WHERE kind = 'erase' AND ended_at IS NULL;
INSERT INTO data_requests (citizen_id, id, kind, made_at, due_at, ended_at, outcome)
SELECT citizen_id, id, kind, made_at, due_at, ended_at, outcome FROM erasures;
DROP TABLE erasures;
INSERT INTO data_requests (citizen_id, id, kind, said, made_at, due_at)
SELECT citizen_id, id, 'correct', said, made_at, due_at FROM inquiries WHERE kind = 'correct';
DROP TABLE inquiry_answers;
DROP TABLE inquiries;
