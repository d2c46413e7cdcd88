DROP TABLE told_dues;
DROP TABLE introductions;
