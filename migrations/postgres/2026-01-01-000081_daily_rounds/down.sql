DROP TABLE daily_rounds;
