-- What somebody wants to hear of by itself: an agency, a domain, warnings for a district.
CREATE TABLE follows (
    citizen_id BYTEA NOT NULL,
    -- Such as 'agency:weather', 'domain:D05', 'warning:990102'.
    what TEXT NOT NULL,
    -- Of warnings: from which level on, 1 (blue) to 4 (red).
    from_level INTEGER CHECK (from_level BETWEEN 1 AND 4),
    since TIMESTAMP NOT NULL,
    PRIMARY KEY (citizen_id, what)
);
CREATE INDEX follows_what ON follows (what, citizen_id);

-- Notices of which those who follow were told, or are being told.
CREATE TABLE spread_bulletins (
    id TEXT NOT NULL PRIMARY KEY,
    spread_at TIMESTAMP NOT NULL,
    -- How many of them.
    told BIGINT NOT NULL DEFAULT 0
);
