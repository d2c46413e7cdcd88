-- Surveys that speak of the portal itself, as whoever administers the whole city says.
CREATE TABLE portal_surveys (
    survey_id BLOB NOT NULL PRIMARY KEY,
    named_by TEXT NOT NULL,
    named_at TIMESTAMP NOT NULL
) WITHOUT ROWID;
