DROP TABLE service_retirements;
