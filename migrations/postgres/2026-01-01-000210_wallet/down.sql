DROP TABLE wallet_proofs;
DROP TABLE wallet_sources;
DROP TABLE wallet_documents;
