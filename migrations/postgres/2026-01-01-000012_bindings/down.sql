DROP TABLE return_wishes;
DROP TABLE environment_bindings;
