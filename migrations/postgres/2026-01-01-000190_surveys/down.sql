DROP TABLE survey_counts;
DROP TABLE survey_marks;
DROP TABLE survey_unnamed;
DROP TABLE survey_answers;
DROP TABLE surveys;
