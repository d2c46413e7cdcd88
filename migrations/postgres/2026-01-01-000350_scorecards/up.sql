-- At which step of its form a draft was left: the page that was shown last. Nothing until the first page was saved.
ALTER TABLE drafts ADD COLUMN step TEXT;

-- The district of the address that was handed in, by its code, so that districts can be compared.
ALTER TABLE cases ADD COLUMN district TEXT;
ALTER TABLE rating_matters ADD COLUMN district TEXT;
ALTER TABLE ratings ADD COLUMN district TEXT;

-- Drafts left lying, by the step at which they were left.
ALTER TABLE score_rows ADD COLUMN left_at TEXT NOT NULL DEFAULT '{}';

-- The same as `service_scores`, of what belongs to a district. By service too, so that few wait for the same row.
CREATE TABLE district_scores (
    district TEXT NOT NULL,
    service TEXT NOT NULL,
    month DATE NOT NULL,
    finished BIGINT NOT NULL,
    very_dissatisfied BIGINT NOT NULL,
    dissatisfied BIGINT NOT NULL,
    basically_satisfied BIGINT NOT NULL,
    satisfied BIGINT NOT NULL,
    very_satisfied BIGINT NOT NULL,
    aside BIGINT NOT NULL,
    PRIMARY KEY (district, service, month)
);
CREATE INDEX district_scores_of_month ON district_scores (month);

-- What was counted of a district in a month.
CREATE TABLE score_districts (
    district TEXT NOT NULL,
    month DATE NOT NULL,
    finished BIGINT NOT NULL,
    very_dissatisfied BIGINT NOT NULL,
    dissatisfied BIGINT NOT NULL,
    basically_satisfied BIGINT NOT NULL,
    satisfied BIGINT NOT NULL,
    very_satisfied BIGINT NOT NULL,
    decided BIGINT NOT NULL,
    on_time BIGINT NOT NULL,
    on_time_of BIGINT NOT NULL,
    complaints BIGINT NOT NULL,
    PRIMARY KEY (district, month),
    CHECK (on_time BETWEEN 0 AND on_time_of)
);
CREATE INDEX score_districts_of_month ON score_districts (month);

-- Complaints that an agency dealt with in a month and that are about none of its services.
CREATE TABLE score_complaints (
    agency TEXT NOT NULL,
    month DATE NOT NULL,
    complaints BIGINT NOT NULL,
    PRIMARY KEY (agency, month)
);
CREATE INDEX score_complaints_of_month ON score_complaints (month);

-- What ended at an agency on a day, and what ratings were given on it: in these, what is unusual is looked for.
CREATE TABLE score_days (
    agency TEXT NOT NULL,
    day DATE NOT NULL,
    finished BIGINT NOT NULL,
    very_dissatisfied BIGINT NOT NULL,
    dissatisfied BIGINT NOT NULL,
    basically_satisfied BIGINT NOT NULL,
    satisfied BIGINT NOT NULL,
    very_satisfied BIGINT NOT NULL,
    PRIMARY KEY (agency, day)
);
CREATE INDEX score_days_of_day ON score_days (day);

-- What came of looking into something unusual.
CREATE TABLE score_alarms (
    agency TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('burst', 'saturation')),
    from_day DATE NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('explained', 'put-right', 'passed-on')),
    words TEXT NOT NULL,
    said_by TEXT NOT NULL,
    said_at TIMESTAMP NOT NULL,
    PRIMARY KEY (agency, kind, from_day)
);

-- What a month is counted by.
CREATE INDEX voice_orders_made ON voice_orders (made_at);
CREATE INDEX rating_follow_ups_opened ON rating_follow_ups (opened_at);
CREATE INDEX rating_appeals_asked ON rating_appeals (asked_at);
