-- Changes of the numbers that the city sets by itself: asked for by one administrator, approved by another. A row is decided
-- once and kept; what is in force follows from those that were approved.
CREATE TABLE policy_changes (
    id BYTEA NOT NULL PRIMARY KEY,
    rule TEXT NOT NULL,
    -- Its numbers, and those that it takes the place of, as JSON.
    value TEXT NOT NULL,
    was TEXT NOT NULL,
    holds_from DATE NOT NULL,
    reason TEXT NOT NULL,
    asked_by BYTEA NOT NULL,
    asked_at TIMESTAMP NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'approved', 'refused', 'withdrawn')),
    decided_by BYTEA,
    decided_at TIMESTAMP,
    -- Why it was refused.
    words TEXT,
    -- From this moment on it is in force: the beginning of its day, or its approval, whichever came later.
    holds_at TIMESTAMP,
    CHECK ((state = 'asked') = (decided_by IS NULL)),
    CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
    CHECK ((state = 'approved') = (holds_at IS NOT NULL)),
    -- Nobody approves their own.
    CHECK (state NOT IN ('approved', 'refused') OR decided_by <> asked_by),
    CHECK (state <> 'withdrawn' OR decided_by = asked_by)
);
-- One of a rule waits at a time.
CREATE UNIQUE INDEX policy_changes_open ON policy_changes (rule) WHERE state = 'asked';
CREATE INDEX policy_changes_held ON policy_changes (rule, holds_at) WHERE state = 'approved';
CREATE INDEX policy_changes_asked ON policy_changes (asked_at);
