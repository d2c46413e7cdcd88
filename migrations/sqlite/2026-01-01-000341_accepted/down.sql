ALTER TABLE score_rows DROP COLUMN accepted;
