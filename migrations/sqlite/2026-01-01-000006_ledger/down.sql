DROP TABLE looks;
DROP TABLE citizen_keys;
