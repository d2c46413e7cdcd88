-- Grave sanctions against agencies: proposed by one administrator, imposed by another. A row is decided once and kept.
CREATE TABLE sanction_proposals (
    id BYTEA NOT NULL PRIMARY KEY,
    agency TEXT NOT NULL,
    grade INTEGER NOT NULL,
    reason TEXT NOT NULL,
    -- Whether a degree is left out because of danger.
    at_once BOOLEAN NOT NULL,
    -- For how long; without it, until it is lifted.
    days INTEGER,
    -- The logins of whoever proposed it and of whoever decided.
    proposed_by TEXT NOT NULL,
    proposed_at TIMESTAMP NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'imposed', 'refused', 'withdrawn')),
    decided_by TEXT,
    decided_at TIMESTAMP,
    -- Why it was refused.
    words TEXT,
    CHECK (grade BETWEEN 3 AND 4),
    CHECK ((state = 'asked') = (decided_by IS NULL)),
    CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
    -- Nobody decides about their own, which they take back.
    CHECK (state NOT IN ('imposed', 'refused') OR lower(decided_by) <> lower(proposed_by)),
    CHECK (state <> 'withdrawn' OR lower(decided_by) = lower(proposed_by))
);
-- One against an agency waits at a time.
CREATE UNIQUE INDEX sanction_proposals_open ON sanction_proposals (agency) WHERE state = 'asked';
