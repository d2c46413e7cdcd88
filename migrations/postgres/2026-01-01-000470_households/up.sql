-- Households that an agency helps, each under the account of whoever it deals with: for which service, how many live there, what
-- they live on and need (sealed for them), and by when somebody looks in again.
CREATE TABLE households (
    citizen_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    agency TEXT NOT NULL,
    service TEXT NOT NULL,
    district TEXT,
    members INTEGER NOT NULL CHECK (members BETWEEN 1 AND 99),
    about BYTEA NOT NULL,
    opened_at TIMESTAMP NOT NULL,
    visited_on DATE,
    next_on DATE NOT NULL,
    ended_on DATE,
    PRIMARY KEY (citizen_id, id)
);
CREATE UNIQUE INDEX households_once ON households (citizen_id, service) WHERE ended_on IS NULL;
CREATE INDEX households_of ON households (agency, ended_on, next_on);
CREATE INDEX households_by_id ON households (id);

-- Visits to them: what was found, in a word and in words, which are sealed for them as well.
CREATE TABLE household_visits (
    citizen_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    household_id BYTEA NOT NULL,
    agency TEXT NOT NULL,
    service TEXT NOT NULL,
    visited_on DATE NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('steady', 'needs-more', 'needs-less', 'absent')),
    words BYTEA NOT NULL,
    made_by BYTEA NOT NULL,
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (citizen_id, id)
);
CREATE INDEX household_visits_of ON household_visits (agency, visited_on);
