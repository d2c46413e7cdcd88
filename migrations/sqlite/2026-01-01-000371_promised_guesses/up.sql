-- Whether the day by which a promised paper follows was counted through a year whose calendar was not published yet.
ALTER TABLE promised_papers ADD COLUMN provisional BOOLEAN NOT NULL DEFAULT FALSE;
-- Of what was promised before nobody knows; it is counted once more.
UPDATE promised_papers SET provisional = TRUE WHERE due_on IS NOT NULL;
CREATE INDEX promised_papers_guessed ON promised_papers (provisional, id);
