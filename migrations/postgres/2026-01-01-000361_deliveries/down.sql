DROP TABLE case_deliveries;
