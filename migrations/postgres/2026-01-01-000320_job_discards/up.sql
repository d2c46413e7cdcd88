-- What somebody asked to throw away of what was given up. Another person confirms; a job that is redriven takes the wish with it.
CREATE TABLE job_discards (
    job_id BYTEA NOT NULL PRIMARY KEY REFERENCES dead_jobs (id) ON DELETE CASCADE,
    asked_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    asked_at TIMESTAMP NOT NULL
);
