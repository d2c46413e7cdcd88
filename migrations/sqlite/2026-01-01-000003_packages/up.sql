CREATE TABLE package_versions (
    id BLOB NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL,
    version INTEGER NOT NULL,
    -- Of the files, in order: the same files are the same version.
    fingerprint TEXT NOT NULL,
    -- The files as they came, deflated.
    files BLOB NOT NULL,
    -- The same, read and checked, in the form that compiled_format names.
    compiled BLOB NOT NULL,
    compiled_format INTEGER NOT NULL,
    installed_at TIMESTAMP NOT NULL,
    UNIQUE (slug, version)
);
CREATE INDEX package_versions_same ON package_versions (slug, fingerprint);

CREATE TABLE packages (
    slug TEXT NOT NULL PRIMARY KEY,
    live_version BLOB NOT NULL REFERENCES package_versions (id),
    -- Goes up with every change of this package, so that the sum over all tells one state of the city from
    -- another, whatever the clocks say.
    revision BIGINT NOT NULL,
    changed_at TIMESTAMP NOT NULL
);

CREATE TABLE service_codes (
    code TEXT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL,
    -- Of the service's own text: a new one makes a new version of the service.
    fingerprint TEXT NOT NULL,
    version INTEGER NOT NULL,
    published_at TIMESTAMP NOT NULL
);
