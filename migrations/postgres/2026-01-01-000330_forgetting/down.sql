DROP INDEX deadlines_ended;
DROP INDEX notices_said;
