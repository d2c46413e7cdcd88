ALTER TABLE notices DROP COLUMN principal;
DROP TABLE notice_choices_for;
