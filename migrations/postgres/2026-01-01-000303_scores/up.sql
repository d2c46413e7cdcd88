-- How often an agency's backend could be reached for a service on a day, and how fast it was: the log of calls is kept for a month only.
CREATE TABLE score_calls (
    service TEXT NOT NULL,
    day DATE NOT NULL,
    reachable BIGINT NOT NULL,
    reachable_of BIGINT NOT NULL,
    -- How often an answer took so many milliseconds.
    latency TEXT NOT NULL,
    PRIMARY KEY (service, day),
    CHECK (reachable BETWEEN 0 AND reachable_of)
);
CREATE INDEX score_calls_of_day ON score_calls (day);

-- What was counted about a service in a month. Sums, of nobody.
CREATE TABLE score_rows (
    service TEXT NOT NULL,
    -- Its first day.
    month DATE NOT NULL,
    -- Whose service it is, and of which domain, when it was counted.
    agency TEXT NOT NULL,
    domain TEXT NOT NULL,
    finished BIGINT NOT NULL,
    very_dissatisfied BIGINT NOT NULL,
    dissatisfied BIGINT NOT NULL,
    basically_satisfied BIGINT NOT NULL,
    satisfied BIGINT NOT NULL,
    very_satisfied BIGINT NOT NULL,
    -- Ratings that do not count, after an appeal.
    aside BIGINT NOT NULL,
    -- Cases decided: in time of those that had a day, and without anything having been sent back.
    decided BIGINT NOT NULL,
    on_time BIGINT NOT NULL,
    on_time_of BIGINT NOT NULL,
    first_pass BIGINT NOT NULL,
    reachable BIGINT NOT NULL,
    reachable_of BIGINT NOT NULL,
    -- How often it took so many minutes from handing in to the decision, and so many milliseconds to answer a call.
    durations TEXT NOT NULL,
    latency TEXT NOT NULL,
    promised_minutes BIGINT NOT NULL,
    guide BIGINT NOT NULL,
    guide_of BIGINT NOT NULL,
    handed_in BIGINT NOT NULL,
    -- Drafts begun in the month and left lying.
    left_lying BIGINT NOT NULL,
    looked_at BIGINT NOT NULL,
    visits INTEGER NOT NULL,
    maturity TEXT NOT NULL,
    complaints BIGINT NOT NULL,
    -- The last day of the month on which somebody used it.
    last_used DATE,
    PRIMARY KEY (service, month),
    CHECK (very_dissatisfied + dissatisfied + basically_satisfied + satisfied + very_satisfied <= finished),
    CHECK (on_time BETWEEN 0 AND on_time_of),
    CHECK (on_time_of <= decided),
    CHECK (first_pass BETWEEN 0 AND decided),
    CHECK (reachable BETWEEN 0 AND reachable_of),
    CHECK (guide BETWEEN 0 AND guide_of)
);
CREATE INDEX score_rows_of_month ON score_rows (month, agency);
CREATE INDEX score_rows_of_agency ON score_rows (agency, month);

-- What an agency says to a month of its own, for everybody.
CREATE TABLE score_replies (
    agency TEXT NOT NULL,
    month DATE NOT NULL,
    words TEXT NOT NULL,
    said_by TEXT NOT NULL,
    said_at TIMESTAMP NOT NULL,
    PRIMARY KEY (agency, month)
);

-- What a month is counted by.
CREATE INDEX case_steps_reached ON case_steps (to_state, at);
CREATE INDEX cases_submitted ON cases (submitted_at);
CREATE INDEX bookings_made ON bookings (made_at);
CREATE INDEX payment_orders_made ON payment_orders (created_at);
CREATE INDEX drafts_begun ON drafts (begun_at);
CREATE INDEX rating_matters_ended ON rating_matters (ended_on);
CREATE INDEX ratings_given ON ratings (given_at);
