DROP TABLE retired_services;
