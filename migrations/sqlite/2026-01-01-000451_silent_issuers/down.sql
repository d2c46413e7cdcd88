DROP INDEX wallet_sources_outcome;
