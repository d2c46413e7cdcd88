CREATE TABLE service_views (
    code TEXT NOT NULL,
    day DATE NOT NULL,
    views BIGINT NOT NULL,
    PRIMARY KEY (code, day)
);
CREATE INDEX service_views_by_day ON service_views (day);
