DROP TABLE issued_bulletins;
DROP TABLE inbound_nonces;
DROP TABLE inbound_subjects;
DROP TABLE inbound_events;
