DROP TABLE service_views;
