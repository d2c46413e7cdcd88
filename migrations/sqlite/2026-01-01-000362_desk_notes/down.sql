DROP TABLE desk_notes;
