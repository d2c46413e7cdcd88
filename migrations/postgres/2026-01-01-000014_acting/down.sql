DROP TABLE deeds;
DROP TABLE delegations;
DROP TABLE companies;
