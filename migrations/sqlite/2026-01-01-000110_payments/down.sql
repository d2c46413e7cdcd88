DROP TABLE payment_days;
DROP TABLE payment_differences;
DROP TABLE payment_steps;
DROP TABLE payment_orders;
