-- The tree of agencies: the city '/', '/traffic-police/', '/yunjiang/chengbei/'. Whoever manages a branch
-- manages every one that begins like it.
CREATE TABLE branches (
    path TEXT NOT NULL PRIMARY KEY CHECK (path LIKE '/%' AND path LIKE '%/'),
    name TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
-- Members of staff. Never the same as a citizen's account, also of the same person.
CREATE TABLE staff_members (
    id BLOB NOT NULL PRIMARY KEY,
    branch TEXT NOT NULL REFERENCES branches (path),
    role TEXT NOT NULL
        CHECK (role IN ('administrator', 'manager', 'officer', 'integrator', 'auditor', 'helper')),
    login TEXT NOT NULL,
    -- Encrypted.
    name BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('invited', 'active', 'ended')),
    password_hash TEXT,
    -- Encrypted secret of the app that makes one-time passwords, and the last step taken.
    totp BLOB,
    last_step BIGINT NOT NULL,
    -- The last moment of an account given for a time.
    ends_at TIMESTAMP,
    created_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    CHECK (role <> 'helper' OR ends_at IS NOT NULL),
    CHECK (state <> 'active' OR (password_hash IS NOT NULL AND totp IS NOT NULL))
);
CREATE UNIQUE INDEX staff_members_by_login ON staff_members (login);
CREATE INDEX staff_members_of_branch ON staff_members (branch);
-- Links by which somebody sets password and app. Used once, they are gone.
CREATE TABLE staff_invitations (
    token_hash BLOB NOT NULL PRIMARY KEY,
    staff_id BLOB NOT NULL REFERENCES staff_members (id),
    ends_at TIMESTAMP NOT NULL
);
CREATE TABLE staff_recovery_codes (
    staff_id BLOB NOT NULL REFERENCES staff_members (id),
    code_hash BLOB NOT NULL,
    PRIMARY KEY (staff_id, code_hash)
);
-- Work given to somebody by name: all that a helper may touch, and what must be handed over before one leaves.
CREATE TABLE assignments (
    staff_id BLOB NOT NULL REFERENCES staff_members (id),
    kind TEXT NOT NULL,
    subject BLOB NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (staff_id, kind, subject)
);
-- What was done to accounts of staff, and by whom; by nobody when it came from the command line.
CREATE TABLE staff_acts (
    id BLOB NOT NULL PRIMARY KEY,
    actor BLOB REFERENCES staff_members (id),
    subject BLOB NOT NULL REFERENCES staff_members (id),
    act TEXT NOT NULL,
    detail TEXT NOT NULL,
    at TIMESTAMP NOT NULL
);
CREATE INDEX staff_acts_of_subject ON staff_acts (subject, at);
-- One-time links given at a counter to citizens who lost every way in.
CREATE TABLE access_links (
    token_hash BLOB NOT NULL PRIMARY KEY,
    citizen_id BLOB NOT NULL REFERENCES citizens (id),
    ends_at TIMESTAMP NOT NULL
);
CREATE INDEX access_links_of_citizen ON access_links (citizen_id);
-- What affected citizens are told when their data got into wrong hands; shown at their next sign-in until read.
CREATE TABLE breach_notices (
    citizen_id BLOB NOT NULL REFERENCES citizens (id),
    id BLOB NOT NULL,
    -- Encrypted for the citizen.
    text BLOB NOT NULL,
    told_at TIMESTAMP NOT NULL,
    read_at TIMESTAMP,
    PRIMARY KEY (citizen_id, id)
);
