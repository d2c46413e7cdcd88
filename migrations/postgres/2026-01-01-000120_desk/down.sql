DROP TABLE case_results;
DROP TABLE desk_proposals;
DROP TABLE desk_work;
DROP TABLE case_rounds;
ALTER TABLE cases DROP COLUMN handed_at;
