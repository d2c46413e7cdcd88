DROP TABLE rating_evidence;
