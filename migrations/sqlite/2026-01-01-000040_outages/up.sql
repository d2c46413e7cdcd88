-- Agencies that the operator keeps from being called for a while: for a drill, or because they ask for it.
CREATE TABLE outages (
    agency TEXT NOT NULL PRIMARY KEY,
    -- Whoever ordered it, and why.
    by_whom TEXT NOT NULL,
    reason TEXT NOT NULL,
    since TIMESTAMP NOT NULL,
    -- When it ends by itself; without it, when somebody ends it.
    ends_at TIMESTAMP
);
