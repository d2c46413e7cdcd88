DROP TABLE sanctions;
DROP TABLE suspensions;
