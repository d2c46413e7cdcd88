-- What was disputed stays as a complaint.
DROP TABLE voice_disputes;
UPDATE voice_orders SET kind = 'complaint' WHERE kind = 'dispute';
ALTER TABLE voice_orders DROP CONSTRAINT voice_orders_kind_check;
ALTER TABLE voice_orders ADD CONSTRAINT voice_orders_kind_check CHECK (kind IN ('consultation', 'complaint', 'suggestion', 'tip-off', 'report'));
