-- Notices go to apps on people's telephones, too.
ALTER TABLE notice_outlets DROP CONSTRAINT notice_outlets_kind_check;
ALTER TABLE notice_outlets ADD CONSTRAINT notice_outlets_kind_check CHECK (kind IN ('webhook', 'push', 'app'));
