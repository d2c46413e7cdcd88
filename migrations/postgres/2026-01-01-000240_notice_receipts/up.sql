-- Which provider may have taken a message over without saying so, by its place in the order.
ALTER TABLE notice_ways ADD COLUMN held INTEGER;
-- When the receiver's telephone or mailbox was said to have it.
ALTER TABLE notice_ways ADD COLUMN arrived_at TIMESTAMP;
-- Providers know a message by its number alone.
CREATE UNIQUE INDEX notice_ways_id ON notice_ways (id);
-- What could not be delivered lately, for whoever looks into it.
CREATE INDEX notice_ways_failed ON notice_ways (settled_at) WHERE state = 'failed';
-- Since when nothing arrives there, as a provider says.
ALTER TABLE contact_points ADD COLUMN unreached_at TIMESTAMP;
