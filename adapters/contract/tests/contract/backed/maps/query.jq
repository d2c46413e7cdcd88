# The backend wants one flat table.
{ xm: .person.name, zjhm: .person.identity_number, hphm: .answers.plate, hpzl: .answers.plate_type }
