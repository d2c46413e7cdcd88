CREATE TABLE jobs (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    -- Of jobs with the same kind and key only one waits at a time.
    unique_key TEXT,
    priority INTEGER NOT NULL,
    run_at TIMESTAMP NOT NULL,
    give_up_at TIMESTAMP NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    lease BLOB,
    leased_until TIMESTAMP,
    last_error TEXT,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX jobs_due ON jobs (priority, run_at, id);
CREATE UNIQUE INDEX jobs_one ON jobs (kind, unique_key) WHERE unique_key IS NOT NULL;

CREATE TABLE dead_jobs (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    priority INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    reason TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    died_at TIMESTAMP NOT NULL
);
CREATE INDEX dead_jobs_latest ON dead_jobs (died_at);

CREATE TABLE schedules (
    name TEXT NOT NULL PRIMARY KEY,
    last_tick TIMESTAMP NOT NULL
);
