ALTER TABLE contact_points DROP COLUMN unreached_at;
DROP INDEX notice_ways_failed;
DROP INDEX notice_ways_id;
ALTER TABLE notice_ways DROP COLUMN arrived_at;
ALTER TABLE notice_ways DROP COLUMN held;
