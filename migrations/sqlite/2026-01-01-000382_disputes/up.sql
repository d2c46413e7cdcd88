-- Disputes of what was decided about a rating are orders of a kind of their own. This engine changes no check of a table that is
-- there, so the tables of orders are made anew with what is in them.
CREATE TEMP TABLE voice_orders_kept AS SELECT * FROM voice_orders;
CREATE TEMP TABLE voice_units_kept AS SELECT * FROM voice_units;
CREATE TEMP TABLE voice_steps_kept AS SELECT * FROM voice_steps;
CREATE TEMP TABLE voice_reports_kept AS SELECT * FROM voice_reports;
CREATE TEMP TABLE voice_guests_kept AS SELECT * FROM voice_guests;
CREATE TEMP TABLE voice_photos_kept AS SELECT * FROM voice_photos;
CREATE TEMP TABLE voice_answers_kept AS SELECT * FROM voice_answers;

DROP TABLE voice_answers;
DROP TABLE voice_photos;
DROP TABLE voice_guests;
DROP TABLE voice_reports;
DROP TABLE voice_steps;
DROP TABLE voice_units;
DROP TABLE voice_orders;

CREATE TABLE voice_orders (
    id BLOB NOT NULL PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('consultation', 'complaint', 'suggestion', 'tip-off', 'report', 'dispute')),
    state TEXT NOT NULL,
    topic TEXT,
    service TEXT,
    district TEXT,
    asset TEXT,
    -- Who has it or is suggested for it, by public name.
    agency TEXT,
    -- The branch that is to act.
    branch TEXT NOT NULL,
    -- Who reported it is told to nobody who deals with it.
    secret BOOLEAN NOT NULL,
    -- The last day of the step that is due.
    due_on DATE,
    provisional BOOLEAN NOT NULL,
    -- Until when the unit may give it back.
    return_by DATE,
    -- It was decided whose it is: nobody gives it back any more.
    decided BOOLEAN NOT NULL,
    extended BOOLEAN NOT NULL,
    reopened BOOLEAN NOT NULL,
    -- On the supervision list since.
    supervised_at TIMESTAMP,
    -- Of a duplicate: the one that is dealt with.
    merged_into BLOB,
    made_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    CHECK ((state = 'merged') = (merged_into IS NOT NULL))
);
CREATE INDEX voice_orders_of_branch ON voice_orders (branch, state, due_on);
CREATE INDEX voice_orders_due ON voice_orders (due_on) WHERE due_on IS NOT NULL;
CREATE INDEX voice_orders_merged ON voice_orders (merged_into) WHERE merged_into IS NOT NULL;

-- Units that help the one that leads.
CREATE TABLE voice_units (
    order_id BLOB NOT NULL REFERENCES voice_orders (id),
    agency TEXT NOT NULL,
    branch TEXT NOT NULL,
    since TIMESTAMP NOT NULL,
    PRIMARY KEY (order_id, agency)
) WITHOUT ROWID;
CREATE INDEX voice_units_of_branch ON voice_units (branch, order_id);

-- Everything that happened to an order. What was said is sealed.
CREATE TABLE voice_steps (
    id BLOB NOT NULL PRIMARY KEY,
    order_id BLOB NOT NULL REFERENCES voice_orders (id),
    at TIMESTAMP NOT NULL,
    by_kind TEXT NOT NULL,
    -- A member of staff; nobody where people or the clock acted.
    by_staff BLOB,
    agency TEXT,
    act TEXT NOT NULL,
    to_state TEXT NOT NULL,
    said BLOB
);
CREATE INDEX voice_steps_of ON voice_steps (order_id, id);

-- Who reported it from an account, with their words, sealed for them.
CREATE TABLE voice_reports (
    citizen_id BLOB NOT NULL,
    id BLOB NOT NULL,
    order_id BLOB NOT NULL REFERENCES voice_orders (id),
    words BLOB NOT NULL,
    made_at TIMESTAMP NOT NULL,
    -- What they say of the answer: once.
    verdict TEXT CHECK (verdict IN ('satisfied', 'dissatisfied')),
    judged_at TIMESTAMP,
    PRIMARY KEY (citizen_id, id)
);
CREATE INDEX voice_reports_of ON voice_reports (order_id, id);

-- The same without an account: whoever has number and code follows it.
CREATE TABLE voice_guests (
    id BLOB NOT NULL PRIMARY KEY,
    order_id BLOB NOT NULL REFERENCES voice_orders (id),
    code BLOB NOT NULL,
    words BLOB NOT NULL,
    made_at TIMESTAMP NOT NULL,
    verdict TEXT CHECK (verdict IN ('satisfied', 'dissatisfied')),
    judged_at TIMESTAMP
);
CREATE INDEX voice_guests_of ON voice_guests (order_id, id);

-- Pictures. Each file has a key of its own, sealed here.
CREATE TABLE voice_photos (
    id BLOB NOT NULL PRIMARY KEY,
    order_id BLOB NOT NULL REFERENCES voice_orders (id),
    -- Of the report that it came with.
    report_id BLOB NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    key BLOB NOT NULL,
    made_at TIMESTAMP NOT NULL
);
CREATE INDEX voice_photos_of ON voice_photos (order_id, id);
CREATE INDEX voice_photos_with ON voice_photos (report_id);

-- Questions that were answered once and are answered for everybody, without anything about a person.
CREATE TABLE voice_answers (
    id BLOB NOT NULL PRIMARY KEY,
    order_id BLOB NOT NULL UNIQUE REFERENCES voice_orders (id),
    agency TEXT NOT NULL,
    service TEXT,
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    drafted_by BLOB NOT NULL,
    drafted_at TIMESTAMP NOT NULL,
    published_by BLOB,
    published_at TIMESTAMP,
    CHECK (published_by <> drafted_by),
    CHECK ((published_by IS NULL) = (published_at IS NULL))
);
CREATE INDEX voice_answers_public ON voice_answers (published_at) WHERE published_at IS NOT NULL;
CREATE INDEX voice_orders_made ON voice_orders (made_at);

INSERT INTO voice_orders SELECT * FROM voice_orders_kept;
INSERT INTO voice_units SELECT * FROM voice_units_kept;
INSERT INTO voice_steps SELECT * FROM voice_steps_kept;
INSERT INTO voice_reports SELECT * FROM voice_reports_kept;
INSERT INTO voice_guests SELECT * FROM voice_guests_kept;
INSERT INTO voice_photos SELECT * FROM voice_photos_kept;
INSERT INTO voice_answers SELECT * FROM voice_answers_kept;
DROP TABLE voice_orders_kept;
DROP TABLE voice_units_kept;
DROP TABLE voice_steps_kept;
DROP TABLE voice_reports_kept;
DROP TABLE voice_guests_kept;
DROP TABLE voice_photos_kept;
DROP TABLE voice_answers_kept;

-- What was decided about a rating, and who speaks against it. One of each rating.
CREATE TABLE voice_disputes (
    order_id BLOB NOT NULL PRIMARY KEY REFERENCES voice_orders (id),
    rating_id BLOB NOT NULL UNIQUE,
    side TEXT NOT NULL CHECK (side IN ('citizen', 'agency')),
    -- Whose rating it is, by public name. It does not deal with the dispute itself.
    agency TEXT NOT NULL,
    -- Who decided first: not the one who decides now.
    first_by BLOB NOT NULL,
    -- What the agency says, sealed. A person's words are kept with their report.
    words BLOB,
    -- Whether the first decision does not hold any more.
    changed BOOLEAN NOT NULL
);
