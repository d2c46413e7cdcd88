DROP TABLE household_visits;
DROP TABLE households;
