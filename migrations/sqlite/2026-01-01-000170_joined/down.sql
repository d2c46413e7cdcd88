DROP INDEX citizen_keys_joined;
ALTER TABLE citizen_keys DROP COLUMN joined_to;
