-- The minute of the day at which somebody gets their mails all in one. NULL: each at once.
ALTER TABLE notice_manners ADD COLUMN gathered_at INTEGER CHECK (gathered_at BETWEEN 0 AND 1439);
-- It goes out with the others of the day.
ALTER TABLE notice_ways ADD COLUMN gathered BOOLEAN NOT NULL DEFAULT FALSE;
