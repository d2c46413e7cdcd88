ALTER TABLE cases DROP COLUMN occasion;
ALTER TABLE drafts DROP COLUMN occasion;
