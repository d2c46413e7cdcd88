-- Files handed in with answers under a name. What they hold lies encrypted outside the database; the key is in `about`,
-- sealed for the person, so that their erasure makes every file of theirs unreadable at once.
CREATE TABLE survey_files (
    citizen_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    survey_id BYTEA NOT NULL,
    -- The question that it answers: each has one file.
    question TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    about BYTEA NOT NULL,
    added_at TIMESTAMP NOT NULL,
    PRIMARY KEY (citizen_id, id)
);
CREATE UNIQUE INDEX survey_files_once ON survey_files (citizen_id, survey_id, question);
CREATE UNIQUE INDEX survey_files_id ON survey_files (id);
CREATE INDEX survey_files_of ON survey_files (survey_id, id);
