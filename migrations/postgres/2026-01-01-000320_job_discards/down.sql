DROP TABLE job_discards;
