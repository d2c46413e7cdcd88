ALTER TABLE cases DROP COLUMN promised_on;
