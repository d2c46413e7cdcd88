DROP TABLE daily_waiting;
DROP TABLE daily_lines;
DROP TABLE daily_files;
