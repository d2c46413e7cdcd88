-- What was said last stands with the step that said it.
ALTER TABLE cases DROP COLUMN told;
