-- Kinds of questions that an agency is not asked for the time being, because it failed too often or a person said so.
CREATE TABLE suspensions (
    agency TEXT NOT NULL,
    capability TEXT NOT NULL,
    since TIMESTAMP NOT NULL,
    -- Whoever ordered it; empty: the rule did, and a good answer lifts it.
    by_whom TEXT NOT NULL,
    reason TEXT NOT NULL,
    -- Calls and failures by which the rule decided.
    calls BIGINT NOT NULL,
    faults BIGINT NOT NULL,
    -- When the agency is next asked whether it is well.
    probe_at TIMESTAMP,
    -- When it was lifted; what happened before counts no more.
    resumed_at TIMESTAMP,
    PRIMARY KEY (agency, capability)
);

-- Sanctions against an agency that breaks the rules, by degrees: a notice, lower limits, suspended, withdrawn.
CREATE TABLE sanctions (
    id BYTEA NOT NULL PRIMARY KEY,
    agency TEXT NOT NULL,
    grade INTEGER NOT NULL,
    reason TEXT NOT NULL,
    -- Whether a degree was left out because of danger.
    at_once BOOLEAN NOT NULL,
    imposed_by TEXT NOT NULL,
    imposed_at TIMESTAMP NOT NULL,
    -- When it ends by itself; without it, when it is lifted.
    ends_at TIMESTAMP,
    answer TEXT,
    answered_by TEXT,
    answered_at TIMESTAMP,
    lifted_by TEXT,
    lifted_reason TEXT,
    lifted_at TIMESTAMP,
    CHECK (grade BETWEEN 1 AND 4)
);
CREATE INDEX sanctions_of ON sanctions (agency, imposed_at);
