DROP TABLE agency_calls;
