DROP TABLE circular_reads;
DROP TABLE circulars;
