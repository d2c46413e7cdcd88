-- What falls due for somebody, whatever it hangs on: a document, an appointment, a correction, a due, a date of their own.
CREATE TABLE deadlines (
    citizen_id BLOB NOT NULL,
    id BLOB NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('document', 'booking', 'case', 'due', 'own')),
    -- What it hangs on: a document's id, a number, its own id.
    source_id TEXT NOT NULL,
    -- Which of its dates.
    matter TEXT NOT NULL,
    -- What it is about: the code of a kind of document or of a service; empty for what only `words` name.
    about TEXT NOT NULL,
    -- What the person calls it, sealed.
    words BLOB,
    due_on DATE NOT NULL,
    -- The last day to act in time, and the last on which acting changes anything.
    closes_on DATE NOT NULL,
    last_chance_on DATE NOT NULL,
    -- From when its term runs.
    since_on DATE NOT NULL,
    -- Days before it on which people are reminded: as the rule has it, and as the person wants it.
    rule_plan TEXT NOT NULL,
    own_plan TEXT,
    muted BOOLEAN NOT NULL DEFAULT FALSE,
    snoozed_until DATE,
    -- It is gone: what waited is suppressed for this reason.
    ended TEXT,
    -- A bit for each place of the plan whose reminder waits, or is settled.
    waiting INTEGER NOT NULL DEFAULT 0,
    settled INTEGER NOT NULL DEFAULT 0,
    -- The first day on which there is something to do.
    next_look DATE,
    made_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (citizen_id, id)
);
CREATE UNIQUE INDEX deadlines_once ON deadlines (citizen_id, source, source_id, matter);
CREATE INDEX deadlines_next ON deadlines (next_look, id) WHERE next_look IS NOT NULL;

-- Every reminder that has come due, once: by whose deadline, which date it was for, and how long before.
CREATE TABLE reminders (
    citizen_id BLOB NOT NULL,
    id BLOB NOT NULL,
    deadline_id BLOB NOT NULL,
    due_on DATE NOT NULL,
    days_before INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'suppressed', 'failed')),
    reason TEXT,
    -- Whether its source was asked once more before it was sent.
    checked BOOLEAN,
    armed_at TIMESTAMP NOT NULL,
    settled_at TIMESTAMP,
    PRIMARY KEY (citizen_id, id),
    CHECK ((state = 'waiting') = (settled_at IS NULL)),
    CHECK ((state IN ('suppressed', 'failed')) = (reason IS NOT NULL))
);
CREATE UNIQUE INDEX reminders_once ON reminders (citizen_id, deadline_id, due_on, days_before);
CREATE INDEX reminders_waiting ON reminders (armed_at) WHERE state = 'waiting';

-- The rule of each kind of document as the deadlines were last counted by it.
CREATE TABLE reminder_rules (
    kind TEXT NOT NULL PRIMARY KEY,
    digest TEXT NOT NULL
);

-- Somebody's dates for their own calendar, at an address that nobody can guess.
CREATE TABLE date_feeds (
    citizen_id BLOB NOT NULL PRIMARY KEY,
    token BLOB NOT NULL,
    token_hash BLOB NOT NULL,
    language TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX date_feeds_token ON date_feeds (token_hash);
