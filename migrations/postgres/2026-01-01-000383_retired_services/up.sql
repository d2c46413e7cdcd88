-- Where the address of a service leads that is not offered any more.
CREATE TABLE retired_services (
    service TEXT NOT NULL PRIMARY KEY,
    -- Who offered it, by public name.
    agency TEXT NOT NULL,
    name TEXT NOT NULL,
    -- The service that takes its place, if one does.
    successor TEXT,
    CHECK (successor <> service)
);
