-- Who may publish: an agency applies, somebody above it admits it. The operator's own packages are admitted with them.
CREATE TABLE agency_applications (
    id BLOB NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    kind TEXT NOT NULL,
    credit_code TEXT NOT NULL,
    -- The office's, never a person's own.
    contact TEXT NOT NULL,
    -- What entitles it: the document in words, and its reference.
    document TEXT NOT NULL,
    reference TEXT NOT NULL,
    state TEXT NOT NULL,
    -- Nobody, where the operator entered it.
    applied_by TEXT,
    applied_at TIMESTAMP NOT NULL,
    decided_by TEXT,
    decided_at TIMESTAMP,
    reason TEXT NOT NULL,
    CHECK (state IN ('applied', 'admitted', 'refused')),
    CHECK ((state = 'applied') = (decided_by IS NULL)),
    CHECK (applied_by IS NULL OR decided_by IS NULL OR applied_by <> decided_by)
);
CREATE INDEX agency_applications_of ON agency_applications (slug, applied_at);
-- One at a time waits, and one is admitted.
CREATE UNIQUE INDEX agency_applications_waiting ON agency_applications (slug) WHERE state = 'applied';
CREATE UNIQUE INDEX agency_applications_admitted ON agency_applications (slug) WHERE state = 'admitted';

-- The life of each version of a package.
CREATE TABLE releases (
    version BLOB NOT NULL PRIMARY KEY REFERENCES package_versions (id),
    slug TEXT NOT NULL,
    state TEXT NOT NULL,
    uploaded_by TEXT NOT NULL,
    uploaded_at TIMESTAMP NOT NULL,
    submitted_by TEXT,
    approved_by TEXT,
    -- The version that was live when this one was approved: its changes were looked at against that one.
    approved_against BLOB,
    -- How far the check is: waiting, samples, faults, done, broken.
    phase TEXT NOT NULL,
    -- What it found, as JSON.
    report TEXT,
    changed_at TIMESTAMP NOT NULL,
    CHECK (state IN ('draft', 'checked', 'review', 'approved', 'released', 'live', 'replaced', 'withdrawn')),
    -- Nobody approves what they handed in.
    CHECK (approved_by IS NULL OR approved_by <> uploaded_by),
    CHECK (approved_by IS NULL OR submitted_by IS NULL OR approved_by <> submitted_by),
    -- No login name has a space: only the operator's packages go live without a reviewer.
    CHECK (state NOT IN ('approved', 'released', 'live') OR approved_by IS NOT NULL OR uploaded_by = 'the operator')
);
CREATE INDEX releases_of ON releases (slug, state);
CREATE UNIQUE INDEX releases_live ON releases (slug) WHERE state = 'live';
CREATE UNIQUE INDEX releases_candidate ON releases (slug) WHERE state = 'released';

-- What was done: by whom, when, why.
CREATE TABLE release_acts (
    id BLOB NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL,
    -- Nothing where it is about the agency as a whole.
    version BLOB,
    act TEXT NOT NULL,
    actor TEXT NOT NULL,
    -- Of whoever did it: what a branch shut, nobody further down opens.
    branch TEXT NOT NULL,
    words TEXT NOT NULL,
    at TIMESTAMP NOT NULL
);
CREATE INDEX release_acts_of ON release_acts (slug, at);

-- A version that a share of the citizens gets, and what keeps an agency's services shut.
ALTER TABLE packages ADD COLUMN candidate_version BLOB;
ALTER TABLE packages ADD COLUMN candidate_percent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE packages ADD COLUMN suspended_at TIMESTAMP;
ALTER TABLE packages ADD COLUMN suspended_why TEXT;

-- What is here already was installed by the operator.
INSERT INTO releases (version, slug, state, uploaded_by, uploaded_at, phase, changed_at)
SELECT v.id, v.slug, CASE WHEN p.live_version = v.id THEN 'live' ELSE 'replaced' END, 'the operator', v.installed_at,
    'done', v.installed_at
FROM package_versions v JOIN packages p ON p.slug = v.slug;
INSERT INTO agency_applications (id, slug, name_zh, name_en, kind, credit_code, contact, document, reference, state,
    applied_at, decided_by, decided_at, reason)
SELECT randomblob(16), slug, slug, slug, 'dept', '', '', '', '', 'admitted', changed_at, 'the operator', changed_at, ''
FROM packages WHERE slug <> 'city';
