DROP TABLE date_feeds;
DROP TABLE reminder_rules;
DROP TABLE reminders;
DROP TABLE deadlines;
