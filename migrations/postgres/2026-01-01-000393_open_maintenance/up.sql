-- Until further notice: then `ends_at` is the moment at which the agency is asked whether it goes on, and this is as well.
ALTER TABLE maintenance ADD COLUMN renew_by TIMESTAMP;
