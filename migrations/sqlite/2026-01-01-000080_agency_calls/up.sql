-- Every call to an agency: how it went, never of whom it was. Kept for 30 days.
CREATE TABLE agency_calls (
    -- Of the call itself, as its backend sees it.
    id BLOB NOT NULL PRIMARY KEY,
    at TIMESTAMP NOT NULL,
    agency TEXT NOT NULL,
    capability TEXT NOT NULL,
    service TEXT,
    outcome TEXT NOT NULL,
    millis INTEGER NOT NULL,
    -- None where nothing left the portal.
    attempts INTEGER NOT NULL,
    -- Of the package by which it was made.
    version BLOB NOT NULL
);
CREATE INDEX agency_calls_of ON agency_calls (agency, id);
CREATE INDEX agency_calls_lately ON agency_calls (agency, at);
