DROP INDEX companies_assigned;
DROP INDEX delegations_assigned;
ALTER TABLE companies DROP COLUMN assigned_to;
ALTER TABLE delegations DROP COLUMN assigned_to;
