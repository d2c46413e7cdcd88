DROP TABLE promised_papers;
DROP TABLE case_files;
