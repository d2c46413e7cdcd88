-- Two accounts of one person became one: the account that closed belongs to this one.
ALTER TABLE citizen_keys ADD COLUMN joined_to BLOB;
CREATE INDEX citizen_keys_joined ON citizen_keys (joined_to) WHERE joined_to IS NOT NULL;
