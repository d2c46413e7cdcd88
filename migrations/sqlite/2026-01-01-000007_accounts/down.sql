DROP TABLE one_time_codes;
DROP TABLE credentials;
DROP TABLE contact_points;
DROP TABLE identities;
DROP TABLE citizens;
