.case
