DROP TABLE service_scores;
DROP TABLE rating_appeals;
DROP TABLE rating_steps;
DROP TABLE rating_follow_ups;
DROP TABLE ratings;
DROP TABLE rating_matters;
