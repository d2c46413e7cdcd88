-- The record from which something was begun, as it was shown: what was found when somebody asked an agency.
ALTER TABLE drafts ADD COLUMN occasion BLOB;
ALTER TABLE cases ADD COLUMN occasion BLOB;
