-- By which ways somebody wants to hear of the matters of those for whom they act. What is not here is as with their own.
CREATE TABLE notice_choices_for (
    citizen_id BLOB NOT NULL,
    -- Whose matters: 'person:' or 'company:' and the id.
    principal TEXT NOT NULL,
    topic TEXT NOT NULL,
    channel TEXT NOT NULL,
    wanted BOOLEAN NOT NULL,
    PRIMARY KEY (citizen_id, principal, topic, channel)
);
CREATE INDEX notice_choices_for_principal ON notice_choices_for (principal);

-- Whose matter it is, where the reader acts for somebody.
ALTER TABLE notices ADD COLUMN principal TEXT;
