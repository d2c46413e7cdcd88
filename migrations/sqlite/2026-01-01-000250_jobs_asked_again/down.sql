ALTER TABLE jobs DROP COLUMN asked_again;
