-- Appointments, from the one that is being chosen to the one that was kept. The owner is the represented person; for a
-- company, its legal person.
CREATE TABLE bookings (
    citizen_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    reference TEXT NOT NULL,
    company_id BYTEA,
    acting_id BYTEA NOT NULL,
    -- By what right: `self`, `guardian`, `authorised`, `company`; and how surely they were signed in.
    relation TEXT NOT NULL CHECK (relation IN ('self', 'guardian', 'authorised', 'company')),
    level INTEGER NOT NULL,
    service TEXT NOT NULL,
    agency TEXT NOT NULL,
    -- The package version and its form, of which the answers are.
    version BYTEA NOT NULL,
    form TEXT,
    state TEXT NOT NULL,
    -- The slot, its place and its fee: which department somebody goes to is nobody else's matter.
    chosen BYTEA NOT NULL,
    -- The slot's keyed digest, by which the agency's word about it finds whom it concerns.
    slot_key BYTEA NOT NULL,
    starts_at TIMESTAMP NOT NULL,
    ends_at TIMESTAMP NOT NULL,
    -- The day in the city.
    day DATE NOT NULL,
    answers BYTEA,
    held_until TIMESTAMP,
    -- Whether the agency knows: `idle` (there is nothing to tell), `queued`, `unknown` (a call was made and nobody
    -- knows what came of it), `failed`.
    handover TEXT NOT NULL CHECK (handover IN ('idle', 'queued', 'unknown', 'failed')),
    next_try_at TIMESTAMP,
    agency_reference TEXT,
    -- What the person shows: the agency's own ticket, and our code, by which the counter finds it.
    ticket TEXT,
    code TEXT NOT NULL,
    -- Where the portal keeps the calendar.
    session_id BYTEA,
    -- The booking that is given back once this one is sure.
    replaces BYTEA,
    -- Whether money is to be given back.
    refund BOOLEAN NOT NULL DEFAULT FALSE,
    made_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (citizen_id, id)
);
CREATE UNIQUE INDEX bookings_reference ON bookings (reference);
CREATE UNIQUE INDEX bookings_code ON bookings (code);
CREATE INDEX bookings_of ON bookings (citizen_id, starts_at);
CREATE INDEX bookings_agency ON bookings (agency, service, day);
CREATE INDEX bookings_slot ON bookings (agency, slot_key);
CREATE INDEX bookings_session ON bookings (session_id);
-- One at a time for each person, service and day, where the portal keeps the calendar; while one is changed, two.
CREATE UNIQUE INDEX bookings_once_a_day ON bookings (citizen_id, service, day)
    WHERE session_id IS NOT NULL AND replaces IS NULL AND state IN ('chosen', 'asked', 'booked', 'cancelling');

-- What happened to a booking, and who did it.
CREATE TABLE booking_steps (
    citizen_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    booking_id BYTEA NOT NULL,
    at TIMESTAMP NOT NULL,
    by_kind TEXT NOT NULL CHECK (by_kind IN ('person', 'agency', 'clock')),
    by_whom TEXT NOT NULL,
    act TEXT NOT NULL,
    from_state TEXT,
    to_state TEXT NOT NULL,
    reason BYTEA,
    PRIMARY KEY (citizen_id, id)
);
CREATE INDEX booking_steps_of ON booking_steps (citizen_id, booking_id, id);

-- Appointments of calendars that the portal keeps, once somebody wanted one. That no more are given than there are is
-- the database's own word.
CREATE TABLE booking_sessions (
    id BYTEA NOT NULL PRIMARY KEY,
    service TEXT NOT NULL,
    agency TEXT NOT NULL,
    place TEXT NOT NULL,
    starts_at TIMESTAMP NOT NULL,
    ends_at TIMESTAMP NOT NULL,
    day DATE NOT NULL,
    capacity INTEGER NOT NULL,
    taken INTEGER NOT NULL DEFAULT 0,
    stopped_at TIMESTAMP,
    stopped_why TEXT,
    stopped_by TEXT,
    CHECK (taken >= 0 AND taken <= capacity)
);
CREATE UNIQUE INDEX booking_sessions_once ON booking_sessions (service, place, starts_at);
CREATE INDEX booking_sessions_day ON booking_sessions (service, day);

-- Who waits for something to come free, in the order in which they came.
CREATE TABLE booking_waits (
    citizen_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    company_id BYTEA,
    acting_id BYTEA NOT NULL,
    relation TEXT NOT NULL,
    level INTEGER NOT NULL,
    service TEXT NOT NULL,
    agency TEXT NOT NULL,
    place TEXT NOT NULL,
    day DATE NOT NULL,
    -- How long what comes free is kept for them.
    offer_minutes INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'offered', 'over')),
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (citizen_id, id)
);
CREATE INDEX booking_waits_next ON booking_waits (service, place, day, state, made_at);
CREATE UNIQUE INDEX booking_waits_once ON booking_waits (citizen_id, service, place, day) WHERE state = 'waiting';
