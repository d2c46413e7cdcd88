DROP TABLE agency_incidents;
DROP TABLE maintenance;
