-- Somebody asked for it while it ran, so that it may have missed why: it runs once more.
ALTER TABLE jobs ADD COLUMN asked_again BOOLEAN NOT NULL DEFAULT FALSE;
