-- What citizens asked about a look: why was this done?
CREATE TABLE look_questions (
    citizen_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    look_id BYTEA NOT NULL,
    asked_at TIMESTAMP NOT NULL,
    answered_at TIMESTAMP,
    -- Encrypted under the citizen's key.
    answer BYTEA,
    PRIMARY KEY (citizen_id, id)
);
-- Asking again changes nothing.
CREATE UNIQUE INDEX look_questions_once ON look_questions (citizen_id, look_id);
INSERT INTO look_questions (citizen_id, id, look_id, asked_at)
SELECT citizen_id, id, look_id, made_at FROM inquiries WHERE kind = 'why';
ALTER TABLE data_requests ADD COLUMN said BYTEA;
ALTER TABLE data_requests ADD COLUMN answer BYTEA;
INSERT INTO data_requests (citizen_id, id, kind, said, made_at, due_at)
SELECT citizen_id, id, 'correct', said, made_at, due_at FROM inquiries WHERE kind = 'correct';
DROP TABLE inquiry_answers;
DROP TABLE inquiries;
