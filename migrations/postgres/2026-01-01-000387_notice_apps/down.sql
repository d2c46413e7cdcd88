-- Apps are forgotten: there was no way to them before.
DELETE FROM notice_outlets WHERE kind = 'app';
ALTER TABLE notice_outlets DROP CONSTRAINT notice_outlets_kind_check;
ALTER TABLE notice_outlets ADD CONSTRAINT notice_outlets_kind_check CHECK (kind IN ('webhook', 'push'));
