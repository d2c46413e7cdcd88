DROP INDEX return_wishes_open;
DROP INDEX return_wishes_once;
ALTER TABLE return_wishes ADD COLUMN told_at TIMESTAMP;
CREATE INDEX return_wishes_open ON return_wishes (agency, told_at);
