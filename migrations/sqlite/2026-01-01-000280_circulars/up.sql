-- What a branch tells its own people.
CREATE TABLE circulars (
    id BLOB NOT NULL PRIMARY KEY,
    -- For whom: this branch and everything below it.
    branch TEXT NOT NULL,
    author BLOB NOT NULL REFERENCES staff_members (id),
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    said_at TIMESTAMP NOT NULL,
    taken_back_at TIMESTAMP
);
CREATE INDEX circulars_of_branch ON circulars (branch, id);

-- Who confirmed that they read it.
CREATE TABLE circular_reads (
    circular_id BLOB NOT NULL REFERENCES circulars (id),
    staff_id BLOB NOT NULL REFERENCES staff_members (id),
    read_at TIMESTAMP NOT NULL,
    PRIMARY KEY (circular_id, staff_id)
);
