DROP TABLE spread_bulletins;
DROP TABLE follows;
