-- What staff did, in its order: auditors read it so. Of the looks only those of staff, which are few of all.
CREATE INDEX looks_of_staff ON looks (at, id) WHERE actor_kind = 'staff';
CREATE INDEX staff_acts_in_order ON staff_acts (at, id);
