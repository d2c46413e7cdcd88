-- Matters that ended: whose they were, and what they wrote when they rated them. A matter is rated by whoever had it, or by nobody.
CREATE TABLE rating_matters (
    citizen_id BLOB NOT NULL,
    id BLOB NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('case', 'booking', 'payment')),
    -- The case, booking or order.
    matter_id BLOB NOT NULL,
    reference TEXT NOT NULL,
    -- Where it is a company's.
    company_id BLOB,
    service TEXT NOT NULL,
    agency TEXT NOT NULL,
    ended_on DATE NOT NULL,
    -- The last day on which it can be rated.
    last_day DATE NOT NULL,
    rated_at TIMESTAMP,
    -- In their own words, as they were written.
    words BLOB,
    PRIMARY KEY (citizen_id, id),
    CHECK (words IS NULL OR rated_at IS NOT NULL)
);
CREATE UNIQUE INDEX rating_matters_once ON rating_matters (kind, matter_id);
CREATE INDEX rating_matters_by_id ON rating_matters (id);
CREATE INDEX rating_matters_named ON rating_matters (citizen_id, kind, reference);

-- Ratings. Nothing here leads to a person but the number of the matter, whose row goes with its person.
CREATE TABLE ratings (
    -- The matter's: it is rated once.
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    service TEXT NOT NULL,
    agency TEXT NOT NULL,
    -- The first day of the month in which the matter ended, in which it is counted.
    month DATE NOT NULL,
    level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 5),
    -- What it was before it was changed, which happens once.
    first_level INTEGER CHECK (first_level BETWEEN 1 AND 5),
    tags TEXT NOT NULL,
    -- The words without what tells who somebody is, and what was hidden of them.
    words BLOB,
    hidden TEXT NOT NULL,
    given_at TIMESTAMP NOT NULL,
    amended_at TIMESTAMP,
    -- The last day on which its agency can appeal against it.
    appeal_by DATE NOT NULL,
    -- `review`: an appeal waits, and it counts until that is decided. `aside`: it does not count.
    standing TEXT NOT NULL CHECK (standing IN ('counts', 'review', 'aside')),
    -- It was a bad one, or somebody objects to it: of the many ratings, those that pages speak of.
    noted BOOLEAN NOT NULL,
    CHECK ((amended_at IS NULL) = (first_level IS NULL))
);
CREATE INDEX ratings_of_agency ON ratings (agency, given_at);
CREATE INDEX ratings_noted_of_service ON ratings (service, noted, given_at);
CREATE INDEX ratings_noted_of_agency ON ratings (agency, noted, given_at);
CREATE INDEX ratings_reviewed ON ratings (standing, agency);

-- What becomes of a bad rating.
CREATE TABLE rating_follow_ups (
    id BLOB NOT NULL PRIMARY KEY,
    agency TEXT NOT NULL,
    service TEXT NOT NULL,
    state TEXT NOT NULL,
    opened_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    -- The last days on which the next step is in time. Counted through a year that nobody has published, they are guesses.
    contact_by DATE NOT NULL,
    fix_by DATE NOT NULL,
    provisional BOOLEAN NOT NULL,
    -- From which day the term to put it right runs: the rating's, or that on which it was sent back.
    since DATE NOT NULL,
    contacted_at TIMESTAMP,
    -- It takes longer, with a reason.
    complex BOOLEAN NOT NULL,
    answered_at TIMESTAMP,
    outcome TEXT CHECK (outcome IN ('fixed', 'explained')),
    -- What everybody may read of it.
    reply TEXT,
    verdict TEXT CHECK (verdict IN ('satisfied', 'basic', 'unsatisfied')),
    CHECK ((answered_at IS NULL) = (outcome IS NULL)),
    CHECK ((outcome IS NULL) = (reply IS NULL))
);
CREATE INDEX rating_follow_ups_of ON rating_follow_ups (agency, state, fix_by);
CREATE INDEX rating_follow_ups_open ON rating_follow_ups (state, answered_at);

-- Each step of it, with what was said.
CREATE TABLE rating_steps (
    id BLOB NOT NULL PRIMARY KEY,
    rating_id BLOB NOT NULL,
    at TIMESTAMP NOT NULL,
    by_kind TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    act TEXT NOT NULL,
    from_state TEXT,
    to_state TEXT NOT NULL,
    said BLOB
);
CREATE INDEX rating_steps_of ON rating_steps (rating_id, id);

-- What an agency has against a rating: once, and not for itself to decide.
CREATE TABLE rating_appeals (
    id BLOB NOT NULL PRIMARY KEY,
    agency TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('malicious', 'mistaken')),
    evidence BLOB,
    asked_by BLOB NOT NULL,
    asked_at TIMESTAMP NOT NULL,
    outcome TEXT CHECK (outcome IN ('upheld', 'rejected')),
    reason BLOB,
    decided_by BLOB,
    decided_at TIMESTAMP,
    CHECK ((outcome IS NULL) = (decided_by IS NULL)),
    CHECK ((outcome IS NULL) = (decided_at IS NULL)),
    CHECK (decided_by IS NULL OR decided_by <> asked_by)
);
CREATE INDEX rating_appeals_waiting ON rating_appeals (asked_at) WHERE outcome IS NULL;

-- How satisfied people were with what ended in a month: counted as it happens, so that no page counts ratings.
CREATE TABLE service_scores (
    service TEXT NOT NULL,
    agency TEXT NOT NULL,
    month DATE NOT NULL,
    finished BIGINT NOT NULL,
    very_dissatisfied BIGINT NOT NULL,
    dissatisfied BIGINT NOT NULL,
    basically_satisfied BIGINT NOT NULL,
    satisfied BIGINT NOT NULL,
    very_satisfied BIGINT NOT NULL,
    -- Ratings that do not count, after an appeal.
    aside BIGINT NOT NULL,
    PRIMARY KEY (service, agency, month)
);
CREATE INDEX service_scores_of_month ON service_scores (month);
CREATE INDEX service_scores_of_agency ON service_scores (agency, month);
