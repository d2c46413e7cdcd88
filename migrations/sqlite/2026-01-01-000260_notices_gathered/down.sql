ALTER TABLE notice_ways DROP COLUMN gathered;
ALTER TABLE notice_manners DROP COLUMN gathered_at;
