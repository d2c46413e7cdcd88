DROP TABLE site_looks;
