-- The last day on which a decision was in time, written down when it was made: whoever counts needs no calendar.
ALTER TABLE cases ADD COLUMN promised_on DATE;
