-- Issuers that could not be asked are found without passing over all those that answered.
CREATE INDEX wallet_sources_outcome ON wallet_sources (outcome, asked_at);
