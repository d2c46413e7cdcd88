DROP TABLE look_questions;
DROP TABLE chain_keys;
DROP TABLE chain_heads;
DROP TABLE chain;
