DROP INDEX staff_acts_in_order;
DROP INDEX looks_of_staff;
