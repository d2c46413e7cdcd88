-- When the latest of it was handed in: the application, or a correction. From then on it is tried to be brought to the
-- agency, and the desk's first clock runs.
ALTER TABLE cases ADD COLUMN handed_at TIMESTAMP;
UPDATE cases SET handed_at = submitted_at;

-- The answers as they were before a correction. Nothing that was handed in is lost by another.
CREATE TABLE case_rounds (
    citizen_id BLOB NOT NULL,
    id BLOB NOT NULL,
    case_id BLOB NOT NULL,
    -- The correction that replaced them, counted from 1.
    round INTEGER NOT NULL,
    answers BLOB NOT NULL,
    replaced_at TIMESTAMP NOT NULL,
    PRIMARY KEY (citizen_id, id)
);
CREATE UNIQUE INDEX case_rounds_of ON case_rounds (citizen_id, case_id, round);

-- What officers have to do with a case in the portal: all of it where the agency works here, and what could not be
-- handed over. One for a case at most, under the case's id.
CREATE TABLE desk_work (
    citizen_id BLOB NOT NULL,
    id BLOB NOT NULL,
    branch TEXT NOT NULL,
    assigned_to BLOB,
    -- When somebody opened it last.
    seen_at TIMESTAMP,
    -- By when the next step is due. None while the clock stands still or somebody else is to act.
    clock_on DATE,
    -- Counted through a year whose calendar nobody has published yet.
    provisional BOOLEAN NOT NULL,
    PRIMARY KEY (citizen_id, id)
);
CREATE INDEX desk_work_branch ON desk_work (branch, clock_on);
CREATE INDEX desk_work_of ON desk_work (assigned_to);

-- What one officer drafted and another has to confirm.
CREATE TABLE desk_proposals (
    citizen_id BLOB NOT NULL,
    id BLOB NOT NULL,
    case_id BLOB NOT NULL,
    act TEXT NOT NULL CHECK (act IN ('extend', 'grant', 'refuse', 'terminate')),
    said BLOB NOT NULL,
    proposed_by BLOB NOT NULL,
    proposed_at TIMESTAMP NOT NULL,
    settled_by BLOB,
    settled_at TIMESTAMP,
    outcome TEXT CHECK (outcome IN ('confirmed', 'returned')),
    remark BLOB,
    PRIMARY KEY (citizen_id, id),
    CHECK ((outcome IS NULL) = (settled_by IS NULL)),
    -- Nobody approves their own, whatever the program says.
    CHECK (settled_by IS NULL OR settled_by <> proposed_by)
);
CREATE UNIQUE INDEX desk_proposals_open ON desk_proposals (citizen_id, case_id) WHERE outcome IS NULL;

-- The code on a decision, by which anybody can see that it is ours. One for a case, under the case's id.
CREATE TABLE case_results (
    citizen_id BLOB NOT NULL,
    id BLOB NOT NULL,
    code BLOB NOT NULL,
    code_hash BLOB NOT NULL,
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (citizen_id, id)
);
CREATE UNIQUE INDEX case_results_code ON case_results (code_hash);
