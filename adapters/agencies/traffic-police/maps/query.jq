# Every question without an interface of its own goes through one operation.
# What the backend calls what is asked, by the service.
def names: {
  "YZ02006": { "decision": "jdsbh" },
  "YZ02007": { "year": "nf" },
  "YZ02008": { "district": "xzqh", "kind": "sblx" },
  "YZ02009": { "district": "xzqh" },
  "YZ02010": { "date": "rq" },
  "YZ02011": { "road": "dlmc" }
};
def written:
  if . == null then null
  elif isnumber then tostring
  elif test("^[0-9]{4}-[0-9]{2}-[0-9]{2}$") then date_out
  elif test("^[0-9]{4}-[0-9]{2}$") then .[0:4] + .[5:7]
  else . end;
def answers: . as $ask | (names[.service] // {}) | with_entries({ key: .value, value: ($ask.answers[.key] | written) });
def known: with_entries(select(.value != null));

{
  jkid: .service,
  xm: .person.name,
  sfzmhm: .person.identity_number,
  tj: (answers | known),
  ys: (.page.number // 1 | tostring),
  mys: (.page.size // 20 | tostring)
} | known
