-- What citizens ask about their data, for staff to answer: why somebody looked, and that something be corrected.
CREATE TABLE inquiries (
    citizen_id BLOB NOT NULL,
    id BLOB NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('why', 'correct')),
    -- The look that is asked about.
    look_id BLOB,
    -- The agency it concerns, by its public name; empty: the city itself.
    agency TEXT NOT NULL,
    -- The branch of staff that answers.
    branch TEXT NOT NULL,
    -- The member of staff who looked, and who therefore does not answer.
    concerns BLOB,
    -- What is wrong and how it should be, encrypted under the citizen's key.
    said BLOB,
    state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'objected', 'closed', 'dropped')),
    assigned_to BLOB,
    made_at TIMESTAMP NOT NULL,
    -- The end of the last working day on which an answer is in time.
    due_at TIMESTAMP NOT NULL,
    -- Counted through a year whose calendar was not published yet.
    provisional BOOLEAN NOT NULL,
    -- The answer did not answer it: when that was said, and what was missing, encrypted likewise.
    objected_at TIMESTAMP,
    objection BLOB,
    PRIMARY KEY (citizen_id, id),
    CHECK ((kind = 'why') = (look_id IS NOT NULL)),
    CHECK ((kind = 'correct') = (said IS NOT NULL))
);
-- Asking again changes nothing.
CREATE UNIQUE INDEX inquiries_once ON inquiries (citizen_id, look_id) WHERE look_id IS NOT NULL;
CREATE INDEX inquiries_by_id ON inquiries (id);
CREATE INDEX inquiries_waiting ON inquiries (due_at, branch) WHERE state IN ('open', 'objected');
CREATE INDEX inquiries_assigned ON inquiries (assigned_to) WHERE assigned_to IS NOT NULL;
-- What staff answered: the branch that was asked, and once more the level above it.
CREATE TABLE inquiry_answers (
    citizen_id BLOB NOT NULL,
    id BLOB NOT NULL,
    inquiry_id BLOB NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('branch', 'above')),
    outcome TEXT NOT NULL CHECK (outcome IN ('explained', 'corrected', 'partly', 'refused')),
    -- Both encrypted under the citizen's key.
    words BLOB NOT NULL,
    turn_to BLOB,
    answered_by BLOB NOT NULL,
    answered_at TIMESTAMP NOT NULL,
    PRIMARY KEY (citizen_id, id)
);
-- Each level answers once.
CREATE UNIQUE INDEX inquiry_answers_once ON inquiry_answers (citizen_id, inquiry_id, level);
-- Nobody could answer until now, so everything that was asked is open. Its days are counted anew by the calendar.
INSERT INTO inquiries (citizen_id, id, kind, look_id, agency, branch, concerns, said, state, made_at, due_at, provisional)
SELECT q.citizen_id, q.id, 'why', q.look_id,
    CASE WHEN l.actor_kind = 'agency' THEN l.actor ELSE '' END,
    CASE WHEN l.actor_kind = 'agency' THEN '/' || l.actor || '/' ELSE '/' END,
    CASE WHEN l.actor_kind = 'staff' THEN unhex(replace(l.actor, '-', '')) END, NULL, 'open', q.asked_at, q.asked_at, TRUE
FROM look_questions q JOIN looks l ON l.citizen_id = q.citizen_id AND l.id = q.look_id;
INSERT INTO inquiries (citizen_id, id, kind, look_id, agency, branch, concerns, said, state, made_at, due_at, provisional)
SELECT citizen_id, id, 'correct', NULL, '', '/', NULL, said, 'open', made_at, due_at, TRUE
FROM data_requests WHERE kind = 'correct' AND said IS NOT NULL;
DELETE FROM data_requests WHERE kind = 'correct';
ALTER TABLE data_requests DROP COLUMN said;
ALTER TABLE data_requests DROP COLUMN answer;
DROP TABLE look_questions;
