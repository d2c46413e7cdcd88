-- How many people came to a counter without an appointment, hour by hour. Counted, of nobody.
CREATE TABLE walk_ins (
    service TEXT NOT NULL,
    day DATE NOT NULL,
    hour INTEGER NOT NULL CHECK (hour BETWEEN 0 AND 23),
    people INTEGER NOT NULL CHECK (people >= 0),
    PRIMARY KEY (service, day, hour)
);
