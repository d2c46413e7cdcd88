-- Companies whose legal person acts in the portal. Anybody may claim one: a code counts only once confirmed.
CREATE TABLE companies (
    id BLOB NOT NULL PRIMARY KEY,
    credit_code TEXT NOT NULL,
    name TEXT NOT NULL,
    legal_person BLOB NOT NULL REFERENCES citizens (id),
    state TEXT NOT NULL CHECK (state IN ('claimed', 'confirmed', 'closed')),
    -- What the legal person said to prove it, encrypted for them.
    proof BLOB NOT NULL,
    created_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX companies_confirmed ON companies (credit_code) WHERE state = 'confirmed';
CREATE INDEX companies_of_person ON companies (legal_person, state);
-- Who may act for whom.
CREATE TABLE delegations (
    -- Whose matters these are; of a company, its legal person.
    citizen_id BLOB NOT NULL REFERENCES citizens (id),
    id BLOB NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('child', 'person', 'company')),
    company_id BLOB REFERENCES companies (id),
    -- Empty while nobody has taken up the offer: it is not known whether there is such an account.
    agent_id BLOB REFERENCES citizens (id),
    -- Keyed digest of the telephone number and name that the offer is for.
    offered_to BLOB,
    -- The represented side as the agent's pages show it: masked, or the company's name.
    shown TEXT NOT NULL,
    scope TEXT NOT NULL,
    starts_at TIMESTAMP NOT NULL,
    ends_at TIMESTAMP NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'active', 'revoked', 'ended')),
    -- Encrypted for citizen_id: the proof, and the agent's name as given.
    proof BLOB NOT NULL,
    agent_name BLOB NOT NULL,
    -- When a child of fourteen or more agreed.
    agreed_at TIMESTAMP,
    created_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (citizen_id, id),
    CHECK (kind = 'company' OR agent_id <> citizen_id),
    CHECK ((kind = 'company') = (company_id IS NOT NULL)),
    CHECK (starts_at < ends_at),
    CHECK (state <> 'active' OR agent_id IS NOT NULL),
    CHECK (agent_id IS NOT NULL OR offered_to IS NOT NULL)
);
CREATE UNIQUE INDEX delegations_active ON delegations (citizen_id, agent_id, kind)
    WHERE state = 'active' AND company_id IS NULL;
CREATE UNIQUE INDEX delegations_active_company ON delegations (company_id, agent_id)
    WHERE state = 'active' AND company_id IS NOT NULL;
CREATE INDEX delegations_of_agent ON delegations (agent_id, state);
CREATE INDEX delegations_offered ON delegations (offered_to) WHERE state = 'proposed';
CREATE INDEX delegations_ending ON delegations (ends_at) WHERE state = 'active';
-- What agents did, as the represented person sees it.
CREATE TABLE deeds (
    citizen_id BLOB NOT NULL REFERENCES citizens (id),
    id BLOB NOT NULL,
    delegation_id BLOB NOT NULL,
    agent_id BLOB NOT NULL REFERENCES citizens (id),
    company_id BLOB REFERENCES companies (id),
    -- Encrypted for citizen_id.
    agent_name BLOB NOT NULL,
    what TEXT NOT NULL,
    -- The service's code, where it was about one.
    service TEXT,
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (citizen_id, id),
    FOREIGN KEY (citizen_id, delegation_id) REFERENCES delegations (citizen_id, id)
);
CREATE INDEX deeds_of_citizen ON deeds (citizen_id, at);
