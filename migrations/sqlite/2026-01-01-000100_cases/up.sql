-- What somebody is filling in, for themselves or for another. `typed` is what they typed, encrypted for them.
CREATE TABLE drafts (
    citizen_id BLOB NOT NULL,
    id BLOB NOT NULL,
    for_id BLOB,
    company_id BLOB,
    service TEXT NOT NULL,
    -- The package version and its form, of which the answers are.
    version BLOB NOT NULL,
    form TEXT NOT NULL,
    typed BLOB NOT NULL,
    begun_at TIMESTAMP NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    PRIMARY KEY (citizen_id, id)
);
CREATE INDEX drafts_saved ON drafts (saved_at);

-- What was handed in. The owner is the represented person; for a company, its legal person.
CREATE TABLE cases (
    citizen_id BLOB NOT NULL,
    id BLOB NOT NULL,
    reference TEXT NOT NULL,
    company_id BLOB,
    acting_id BLOB NOT NULL,
    -- By what right: `self`, `guardian`, `authorised`, `company`; and how surely they were signed in.
    relation TEXT NOT NULL CHECK (relation IN ('self', 'guardian', 'authorised', 'company')),
    level INTEGER NOT NULL,
    service TEXT NOT NULL,
    agency TEXT NOT NULL,
    -- The package version it began with, and keeps.
    version BLOB NOT NULL,
    form TEXT,
    state TEXT NOT NULL,
    answers BLOB NOT NULL,
    submitted_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    accepted_on DATE,
    -- By when the applicant must act, or the agency says it will.
    due_on DATE,
    extended_by INTEGER NOT NULL DEFAULT 0,
    -- What the applicant is to put right, or why it was decided so: as the agency told it last.
    told BLOB,
    -- Whether the agency has it: `desk` (its officers work here), `queued`, `unknown` (a call was made and nobody
    -- knows what came of it), `taken`, `failed`.
    handover TEXT NOT NULL CHECK (handover IN ('desk', 'queued', 'unknown', 'taken', 'failed')),
    sent_at TIMESTAMP,
    next_try_at TIMESTAMP,
    agency_reference TEXT,
    -- The agency's last word, in its own count.
    sequence BIGINT NOT NULL DEFAULT 0,
    -- How often it was asked what became of it.
    asked INTEGER NOT NULL DEFAULT 0,
    round INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (citizen_id, id)
);
CREATE UNIQUE INDEX cases_reference ON cases (reference);
CREATE INDEX cases_of ON cases (citizen_id, submitted_at);
CREATE INDEX cases_agency ON cases (agency, handover, submitted_at);
CREATE INDEX cases_at_agency ON cases (agency, agency_reference);

-- What happened to a case, and who did it. Nothing is changed or removed while the case is there.
CREATE TABLE case_steps (
    citizen_id BLOB NOT NULL,
    id BLOB NOT NULL,
    case_id BLOB NOT NULL,
    at TIMESTAMP NOT NULL,
    by_kind TEXT NOT NULL CHECK (by_kind IN ('applicant', 'agency', 'clock')),
    by_whom TEXT NOT NULL,
    act TEXT NOT NULL,
    from_state TEXT,
    to_state TEXT NOT NULL,
    said BLOB,
    PRIMARY KEY (citizen_id, id)
);
CREATE INDEX case_steps_of ON case_steps (citizen_id, case_id, id);
