# YZ09002: what the backend is asked.
def known: with_entries(select(.value != null));

{
  xm: .person.name,
  zjhm: .person.identity_number,
  nd: .answers.year
} | known
