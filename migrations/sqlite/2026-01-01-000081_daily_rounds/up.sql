-- What became of the daily files that came: how many lines were taken over, and what was wrong where. Places only,
-- never what stood there.
CREATE TABLE daily_rounds (
    agency TEXT NOT NULL,
    file TEXT NOT NULL,
    outcome TEXT NOT NULL,
    lines INTEGER NOT NULL,
    left_out INTEGER NOT NULL,
    -- JSON: line, column, problem, remedy.
    problems TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (agency, file)
);
CREATE INDEX daily_rounds_lately ON daily_rounds (agency, at);
