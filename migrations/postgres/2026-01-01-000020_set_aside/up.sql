CREATE TABLE set_aside (
    id BYTEA NOT NULL PRIMARY KEY,
    realm TEXT NOT NULL,
    -- Only this person, signed in again, gets their answers back.
    subject BYTEA NOT NULL,
    -- And only before the browser they filled it in with: a digest of what its forms are bound to.
    browser BYTEA NOT NULL,
    -- Where the form goes and what was filled in, encrypted.
    form BYTEA NOT NULL,
    ends_at TIMESTAMP NOT NULL
);
CREATE INDEX set_aside_subject ON set_aside (subject);
CREATE INDEX set_aside_ending ON set_aside (ends_at);
