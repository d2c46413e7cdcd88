DROP INDEX promised_papers_guessed;
ALTER TABLE promised_papers DROP COLUMN provisional;
