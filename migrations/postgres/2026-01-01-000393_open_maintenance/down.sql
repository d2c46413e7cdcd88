-- What was to last until further notice lasts until somebody would have been asked.
ALTER TABLE maintenance DROP COLUMN renew_by;
