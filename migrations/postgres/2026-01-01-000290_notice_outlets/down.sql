DROP INDEX notice_ways_outlet;
ALTER TABLE notice_ways DROP COLUMN outlet_id;
DROP TABLE notice_outlets;
