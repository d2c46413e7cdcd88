-- Services that nobody uses and that an agency is asked to take out of its package, or to say why they stay.
CREATE TABLE service_retirements (
    service TEXT NOT NULL PRIMARY KEY,
    agency TEXT NOT NULL,
    -- By when.
    retire_on DATE NOT NULL,
    reason TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    asked_at TIMESTAMP NOT NULL,
    answer TEXT,
    answered_by TEXT,
    answered_at TIMESTAMP,
    CHECK ((answer IS NULL) = (answered_by IS NULL)),
    CHECK ((answer IS NULL) = (answered_at IS NULL))
);
CREATE INDEX service_retirements_of ON service_retirements (agency);
