ALTER TABLE branches DROP COLUMN added_from;
