-- Which member of staff of the agency has a follow-up in hand. Who had it before stands among its steps.
CREATE TABLE rating_takers (
    rating_id BYTEA NOT NULL PRIMARY KEY REFERENCES ratings (id),
    staff_id BYTEA NOT NULL,
    taken_at TIMESTAMP NOT NULL
);
CREATE INDEX rating_takers_of ON rating_takers (staff_id, taken_at);
