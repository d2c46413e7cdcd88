-- Licences and certificates in people's hands, as their issuers know them or as people wrote them down.
CREATE TABLE wallet_documents (
    citizen_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    -- Whose it is beside the person: a company's id, or nothing.
    company TEXT NOT NULL,
    -- The code of the licence type; empty where a person wrote down something that has none.
    kind TEXT NOT NULL,
    -- Who issued it and says how it stands. Absent: the person wrote it down.
    agency TEXT,
    -- A digest of agency, kind and number, so that it is not held twice.
    known_by BYTEA NOT NULL,
    -- Number, remarks, and what the person calls it, sealed.
    printed BYTEA NOT NULL,
    issued_on DATE NOT NULL,
    expires_on DATE,
    -- The last check, endorsement or inspection, as the person wrote it down.
    checked_on DATE,
    -- The next day of its plan, as the person wrote it down.
    next_on DATE,
    status TEXT NOT NULL,
    -- As of when its issuer said so.
    seen_at TIMESTAMP NOT NULL,
    -- Since when its issuer knows nothing of it.
    gone_at TIMESTAMP,
    discarded_at TIMESTAMP,
    made_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (citizen_id, id)
);
CREATE UNIQUE INDEX wallet_documents_once ON wallet_documents (citizen_id, company, known_by);
CREATE INDEX wallet_documents_kind ON wallet_documents (kind, id);

-- Which issuers somebody has asked for their documents, and what came of it. Those that stand here are asked again.
CREATE TABLE wallet_sources (
    citizen_id BYTEA NOT NULL,
    company TEXT NOT NULL,
    agency TEXT NOT NULL,
    -- By which name the agency speaks of the person.
    subject TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('answered', 'stale', 'empty', 'unavailable', 'refused')),
    asked_at TIMESTAMP NOT NULL,
    answered_at TIMESTAMP,
    PRIMARY KEY (citizen_id, company, agency)
);
CREATE INDEX wallet_sources_subject ON wallet_sources (agency, subject);
CREATE INDEX wallet_sources_asked ON wallet_sources (asked_at);

-- Codes by which others see that a document is real: for a minute on a telephone, or on paper.
CREATE TABLE wallet_proofs (
    citizen_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    document_id BYTEA NOT NULL,
    code BYTEA NOT NULL,
    code_hash BYTEA NOT NULL,
    -- What whoever checks it is shown, sealed.
    shown BYTEA NOT NULL,
    on_paper BOOLEAN NOT NULL,
    made_at TIMESTAMP NOT NULL,
    until_at TIMESTAMP NOT NULL,
    PRIMARY KEY (citizen_id, id)
);
CREATE UNIQUE INDEX wallet_proofs_code ON wallet_proofs (code_hash);
CREATE INDEX wallet_proofs_until ON wallet_proofs (until_at);
