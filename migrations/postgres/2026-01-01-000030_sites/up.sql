-- How the agencies' own sites did when they were last looked at.
CREATE TABLE site_looks (
    agency TEXT NOT NULL PRIMARY KEY,
    -- Another address is another site: what was found here says nothing about it.
    address TEXT NOT NULL,
    finding TEXT NOT NULL,
    looked_at TIMESTAMP NOT NULL,
    -- Since when it is as it is.
    since TIMESTAMP NOT NULL
);
