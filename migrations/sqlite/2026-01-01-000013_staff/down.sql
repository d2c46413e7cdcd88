DROP TABLE breach_notices;
DROP TABLE access_links;
DROP TABLE staff_acts;
DROP TABLE assignments;
DROP TABLE staff_recovery_codes;
DROP TABLE staff_invitations;
DROP TABLE staff_members;
DROP TABLE branches;
