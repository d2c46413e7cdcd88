-- The member of staff to whom a claim was given by name.
ALTER TABLE delegations ADD COLUMN assigned_to BLOB;
ALTER TABLE companies ADD COLUMN assigned_to BLOB;
CREATE INDEX delegations_assigned ON delegations (assigned_to) WHERE assigned_to IS NOT NULL;
CREATE INDEX companies_assigned ON companies (assigned_to) WHERE assigned_to IS NOT NULL;
