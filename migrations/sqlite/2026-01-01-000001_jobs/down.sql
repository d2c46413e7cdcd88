DROP TABLE schedules;
DROP TABLE dead_jobs;
DROP TABLE jobs;
