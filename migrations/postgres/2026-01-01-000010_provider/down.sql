DROP TABLE oidc_seen;
DROP TABLE oidc_tokens;
DROP TABLE oidc_codes;
DROP TABLE oidc_grants;
DROP TABLE oidc_requests;
DROP TABLE oidc_keys;
