-- What an agency asks: designed by its staff, published, answered until a day, counted.
CREATE TABLE surveys (
    id BYTEA NOT NULL PRIMARY KEY,
    agency TEXT NOT NULL,
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    lead_zh TEXT NOT NULL,
    lead_en TEXT NOT NULL,
    -- Who may answer: `everybody`, `signed-in`, `verified`; and whether with their names.
    who TEXT NOT NULL CHECK (who IN ('everybody', 'signed-in', 'verified')),
    names TEXT NOT NULL CHECK (names IN ('named', 'choice', 'unnamed')),
    questions TEXT NOT NULL,
    opens_on DATE NOT NULL,
    -- The last day on which answers are taken.
    closes_on DATE NOT NULL,
    made_by TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    published_by TEXT,
    published_at TIMESTAMP,
    -- Ended before its last day.
    ended_at TIMESTAMP,
    -- What people wrote is deleted; the counts stay.
    cleared_at TIMESTAMP,
    CHECK (opens_on <= closes_on),
    CHECK ((published_at IS NULL) = (published_by IS NULL)),
    -- Without names is no answer that a name would have to stand under.
    CHECK (who <> 'everybody' OR names <> 'named')
);
CREATE INDEX surveys_of_agency ON surveys (agency, made_at);
CREATE INDEX surveys_open ON surveys (closes_on) WHERE published_at IS NOT NULL;

-- Answers under somebody's name, sealed for them: one each.
CREATE TABLE survey_answers (
    citizen_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    survey_id BYTEA NOT NULL,
    answers BYTEA NOT NULL,
    made_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (citizen_id, id)
);
CREATE UNIQUE INDEX survey_answers_once ON survey_answers (citizen_id, survey_id);
CREATE INDEX survey_answers_of ON survey_answers (survey_id, id);

-- Answers without a name. Nothing here leads to whoever gave them: no person, no time of day.
CREATE TABLE survey_unnamed (
    id BYTEA NOT NULL PRIMARY KEY,
    survey_id BYTEA NOT NULL,
    day DATE NOT NULL,
    answers BYTEA NOT NULL
);
CREATE INDEX survey_unnamed_of ON survey_unnamed (survey_id, id);

-- That somebody has answered, as a keyed digest of survey and person, in no order that tells when.
CREATE TABLE survey_marks (
    survey_id BYTEA NOT NULL,
    mark BYTEA NOT NULL,
    PRIMARY KEY (survey_id, mark)
);

-- How often what was answered, counted as answers come in, so that totals open nobody's answers.
CREATE TABLE survey_counts (
    survey_id BYTEA NOT NULL,
    question TEXT NOT NULL,
    choice TEXT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (survey_id, question, choice)
);
