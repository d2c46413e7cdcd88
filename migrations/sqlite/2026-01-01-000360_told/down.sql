CREATE TEMPORARY TABLE cases_kept AS SELECT * FROM cases;
DROP TABLE cases;
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
ALTER TABLE cases ADD COLUMN handed_at TIMESTAMP;
ALTER TABLE cases ADD COLUMN occasion BLOB;
ALTER TABLE cases ADD COLUMN promised_on DATE;
ALTER TABLE cases ADD COLUMN district TEXT;
INSERT INTO cases (
    citizen_id, id, reference, company_id, acting_id, relation, level, service, agency, version, form, state, answers, submitted_at,
    changed_at, accepted_on, due_on, extended_by, handover, sent_at, next_try_at, agency_reference, sequence, asked, round, handed_at, occasion, promised_on,
    district
) SELECT
    citizen_id, id, reference, company_id, acting_id, relation, level, service, agency, version, form, state, answers, submitted_at,
    changed_at, accepted_on, due_on, extended_by, handover, sent_at, next_try_at, agency_reference, sequence, asked, round, handed_at, occasion, promised_on,
    district
FROM cases_kept;
DROP TABLE cases_kept;
CREATE UNIQUE INDEX cases_reference ON cases (reference);
CREATE INDEX cases_of ON cases (citizen_id, submitted_at);
CREATE INDEX cases_agency ON cases (agency, handover, submitted_at);
CREATE INDEX cases_at_agency ON cases (agency, agency_reference);
CREATE INDEX cases_submitted ON cases (submitted_at);
