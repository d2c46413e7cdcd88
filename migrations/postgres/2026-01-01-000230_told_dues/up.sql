-- By which name an agency knows somebody: kept when it first hears of them, so that what it tells by itself finds its person.
CREATE TABLE introductions (
    citizen_id BYTEA NOT NULL,
    agency TEXT NOT NULL,
    subject TEXT NOT NULL,
    since TIMESTAMP NOT NULL,
    PRIMARY KEY (citizen_id, agency, subject)
);
CREATE UNIQUE INDEX introductions_subject ON introductions (agency, subject);

-- What agencies say by themselves that somebody owes, as they said it last.
CREATE TABLE told_dues (
    citizen_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    agency TEXT NOT NULL,
    service TEXT NOT NULL,
    -- The agency's own number of it, sealed, and a keyed digest by which payments of it are found.
    due BYTEA NOT NULL,
    due_key BYTEA NOT NULL,
    -- What it is for, as the agency calls it, sealed.
    title BYTEA NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('open', 'settled', 'cancelled', 'refunded', 'pending')),
    amount_fen BIGINT NOT NULL,
    surcharge_fen BIGINT NOT NULL,
    due_on DATE,
    raised_on DATE NOT NULL,
    told_at TIMESTAMP NOT NULL,
    PRIMARY KEY (citizen_id, id)
);
CREATE UNIQUE INDEX told_dues_once ON told_dues (citizen_id, due_key);
CREATE INDEX told_dues_paid ON told_dues (due_key);
