-- From which branch a branch was added. Only one that the city added stands for the agency it is named after:
-- whoever manages a part of the tree may not take an agency's work by giving a unit of theirs its name.
ALTER TABLE branches ADD COLUMN added_from TEXT NOT NULL DEFAULT '/';
