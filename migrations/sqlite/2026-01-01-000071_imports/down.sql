DROP TABLE package_imports;
