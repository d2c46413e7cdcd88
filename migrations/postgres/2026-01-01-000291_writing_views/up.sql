-- How often each notice and each explanation of a policy was opened on a day. Only sums, of nobody.
CREATE TABLE writing_views (
    kind TEXT NOT NULL CHECK (kind IN ('bulletin', 'policy')),
    id TEXT NOT NULL,
    day DATE NOT NULL,
    views BIGINT NOT NULL,
    PRIMARY KEY (kind, id, day)
);
CREATE INDEX writing_views_by_day ON writing_views (day);
