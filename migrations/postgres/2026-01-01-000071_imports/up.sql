-- Descriptions of backends, and the draft packages made of them.
CREATE TABLE package_imports (
    id BYTEA NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL,
    -- What the description's file is called, and what it holds.
    file TEXT NOT NULL,
    description BYTEA NOT NULL,
    first_code TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    -- waiting, done, broken
    phase TEXT NOT NULL,
    -- What was read and what was not, as JSON.
    report TEXT,
    -- The draft, packed.
    draft BYTEA,
    CHECK (phase IN ('waiting', 'done', 'broken'))
);
CREATE INDEX package_imports_of ON package_imports (slug, made_at);
