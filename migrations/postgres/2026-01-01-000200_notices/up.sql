-- What was said to people. The inbox shows it; nothing here is ever sent twice.
CREATE TABLE notices (
    citizen_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    topic TEXT NOT NULL,
    -- The version of the words it was said in.
    words INTEGER NOT NULL,
    urgent BOOLEAN NOT NULL,
    content BYTEA NOT NULL,
    said_at TIMESTAMP NOT NULL,
    read_at TIMESTAMP,
    PRIMARY KEY (citizen_id, id)
);
CREATE INDEX notices_unread ON notices (citizen_id) WHERE read_at IS NULL;

-- Each way beside the inbox by which a notice goes out, or the reason why it does not. A way is in one state at a time,
-- so that all that were due are waiting, sent, suppressed or failed.
CREATE TABLE notice_ways (
    citizen_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    notice_id BYTEA NOT NULL,
    channel TEXT NOT NULL,
    -- The telephone or mailbox, where there is one.
    contact_id BYTEA,
    -- Where to and in which words, sealed, while it is on its way.
    parcel BYTEA,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'trying', 'sent', 'suppressed', 'failed')),
    reason TEXT,
    -- A process died between handing it over and writing that down: it may have gone out twice.
    uncertain BOOLEAN NOT NULL DEFAULT FALSE,
    tries INTEGER NOT NULL DEFAULT 0,
    made_at TIMESTAMP NOT NULL,
    due_at TIMESTAMP NOT NULL,
    settled_at TIMESTAMP,
    PRIMARY KEY (citizen_id, id),
    CHECK ((state IN ('waiting', 'trying')) = (settled_at IS NULL)),
    CHECK ((state IN ('waiting', 'trying')) = (parcel IS NOT NULL)),
    CHECK ((state IN ('suppressed', 'failed')) = (reason IS NOT NULL))
);
CREATE UNIQUE INDEX notice_ways_once ON notice_ways (citizen_id, notice_id, channel, contact_id);
CREATE INDEX notice_ways_open ON notice_ways (due_at) WHERE state IN ('waiting', 'trying');

-- By which ways somebody wants to hear of what. What is not here is as it is for everybody.
CREATE TABLE notice_choices (
    citizen_id BYTEA NOT NULL,
    topic TEXT NOT NULL,
    channel TEXT NOT NULL,
    wanted BOOLEAN NOT NULL,
    PRIMARY KEY (citizen_id, topic, channel)
);

-- When somebody wants to be left alone: minutes of the city's day.
CREATE TABLE notice_manners (
    citizen_id BYTEA NOT NULL PRIMARY KEY,
    quiet_from INTEGER NOT NULL,
    quiet_until INTEGER NOT NULL,
    CHECK (quiet_from BETWEEN 0 AND 1439 AND quiet_until BETWEEN 0 AND 1439)
);
