DROP TABLE sanction_proposals;
