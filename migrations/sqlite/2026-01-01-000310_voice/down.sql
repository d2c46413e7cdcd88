DROP TABLE voice_answers;
DROP TABLE voice_photos;
DROP TABLE voice_guests;
DROP TABLE voice_reports;
DROP TABLE voice_steps;
DROP TABLE voice_units;
DROP TABLE voice_orders;
