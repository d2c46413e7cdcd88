ALTER TABLE packages DROP COLUMN suspended_why;
ALTER TABLE packages DROP COLUMN suspended_at;
ALTER TABLE packages DROP COLUMN candidate_percent;
ALTER TABLE packages DROP COLUMN candidate_version;
DROP TABLE release_acts;
DROP TABLE releases;
DROP TABLE agency_applications;
