DROP TABLE oidc_client_acts;
