DROP TABLE notice_manners;
DROP TABLE notice_choices;
DROP TABLE notice_ways;
DROP TABLE notices;
