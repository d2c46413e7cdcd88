DROP TABLE agency_contacts;
DROP TABLE expiry_warnings;
ALTER TABLE environment_bindings DROP COLUMN expiries;
