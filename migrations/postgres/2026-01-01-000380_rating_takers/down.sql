DROP TABLE rating_takers;
