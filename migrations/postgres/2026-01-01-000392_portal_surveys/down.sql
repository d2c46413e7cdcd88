DROP TABLE portal_surveys;
