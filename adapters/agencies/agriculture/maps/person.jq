# Lines are found by the person's identity number.
{ zjhm: .person.identity_number }
