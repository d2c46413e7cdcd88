-- What is old is found by its day, so that it can be forgotten.
CREATE INDEX notices_said ON notices (said_at);
CREATE INDEX deadlines_ended ON deadlines (changed_at) WHERE ended IS NOT NULL;
