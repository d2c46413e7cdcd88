-- A wish is deleted in the transaction that has its notice sent, so it needs no mark; and nobody wishes twice.
DROP INDEX return_wishes_open;
DELETE FROM return_wishes WHERE told_at IS NOT NULL;
DELETE FROM return_wishes WHERE EXISTS (SELECT 1 FROM return_wishes AS earlier
    WHERE earlier.citizen_id = return_wishes.citizen_id AND earlier.agency = return_wishes.agency
    AND earlier.id < return_wishes.id);
ALTER TABLE return_wishes DROP COLUMN told_at;
CREATE UNIQUE INDEX return_wishes_once ON return_wishes (citizen_id, agency);
CREATE INDEX return_wishes_open ON return_wishes (agency);
