-- Notices go to apps on people's telephones, too.
ALTER TABLE notice_outlets RENAME TO notice_outlets_before;
CREATE TABLE notice_outlets (
    citizen_id BLOB NOT NULL,
    id BLOB NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('webhook', 'push', 'app')),
    -- A keyed digest of the address: nobody has the same twice, and a browser is one person's.
    digest BLOB NOT NULL,
    -- The address, and the keys for it.
    target BLOB NOT NULL,
    -- What its owner knows it by: a host, or a browser's name.
    name BLOB NOT NULL,
    made_at TIMESTAMP NOT NULL,
    -- A challenge is on its way since then.
    asked_at TIMESTAMP,
    -- Whoever is there gave a challenge back. Nothing is sent before.
    confirmed_at TIMESTAMP,
    -- So many attempts in a row failed, and since when.
    failures INTEGER NOT NULL DEFAULT 0,
    failing_since TIMESTAMP,
    -- Nothing arrives there.
    unreached_at TIMESTAMP,
    PRIMARY KEY (citizen_id, id)
);
INSERT INTO notice_outlets (citizen_id, id, kind, digest, target, name, made_at, asked_at, confirmed_at, failures, failing_since, unreached_at)
    SELECT citizen_id, id, kind, digest, target, name, made_at, asked_at, confirmed_at, failures, failing_since, unreached_at FROM notice_outlets_before;
DROP TABLE notice_outlets_before;
CREATE UNIQUE INDEX notice_outlets_once ON notice_outlets (citizen_id, digest);
CREATE INDEX notice_outlets_digest ON notice_outlets (digest);
