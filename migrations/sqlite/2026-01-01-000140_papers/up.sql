-- Papers handed in with an application. What they hold lies encrypted outside the database; the key is in `about`,
-- sealed for the owner, so that a person's erasure makes every paper of theirs unreadable at once.
CREATE TABLE case_files (
    citizen_id BLOB NOT NULL,
    id BLOB NOT NULL,
    -- The draft, and the case that is made of it: both have the same id.
    matter BLOB NOT NULL,
    -- Which paper of the guide, or which field of the form.
    place TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    about BLOB NOT NULL,
    added_at TIMESTAMP NOT NULL,
    handed_in_at TIMESTAMP,
    PRIMARY KEY (citizen_id, id)
);
CREATE INDEX case_files_of ON case_files (citizen_id, matter);
CREATE UNIQUE INDEX case_files_id ON case_files (id);

-- Papers that the guide lets follow later, promised by the applicant.
CREATE TABLE promised_papers (
    citizen_id BLOB NOT NULL,
    id BLOB NOT NULL,
    matter BLOB NOT NULL,
    place TEXT NOT NULL,
    promised_at TIMESTAMP NOT NULL,
    -- By when, from the moment of handing in.
    due_on DATE,
    PRIMARY KEY (citizen_id, id)
);
CREATE UNIQUE INDEX promised_papers_of ON promised_papers (citizen_id, matter, place);
