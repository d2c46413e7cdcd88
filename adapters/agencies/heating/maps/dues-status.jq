# A bill is found by its number.
{ zdbh: .reference }
