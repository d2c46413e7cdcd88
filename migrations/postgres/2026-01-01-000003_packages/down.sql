DROP TABLE service_codes;
DROP TABLE packages;
DROP TABLE package_versions;
