-- How many of what was handed in that month were accepted: one step of the way through a service.
ALTER TABLE score_rows ADD COLUMN accepted BIGINT NOT NULL DEFAULT 0;
