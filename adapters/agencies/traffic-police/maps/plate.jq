# YZ02001: what the backend is asked.
def known: with_entries(select(.value != null));

{
  jkid: .service,
  xm: .person.name,
  sfzmhm: .person.identity_number,
  tj: ({ hphm: .answers.plate, hpzl: .answers.plate_type } | known),
  ys: (.page.number // 1 | tostring),
  mys: (.page.size // 20 | tostring)
} | known
