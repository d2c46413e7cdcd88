DROP TABLE together_parts;
DROP TABLE together;
