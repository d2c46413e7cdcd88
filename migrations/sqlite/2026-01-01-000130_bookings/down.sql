DROP TABLE booking_waits;
DROP TABLE booking_sessions;
DROP TABLE booking_steps;
DROP TABLE bookings;
