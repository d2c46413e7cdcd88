# The general enquiry: one frame for all services, told apart by the service's code.
# The cells in which what is asked travels, by the service.
def names: {
  "YZ09006": { "price": "cs1", "first": "cs2", "balance": "cs3", "years": "cs4" }
};
def written:
  if . == null then null
  elif isnumber then tostring
  elif test("^[0-9]{4}-[0-9]{2}-[0-9]{2}$") then date_out
  elif test("^[0-9]{4}-[0-9]{2}$") then .[0:4] + .[5:7]
  else . end;
def answers: . as $ask | (names[.service] // {}) | with_entries({ key: .value, value: ($ask.answers[.key] | written) });
def known: with_entries(select(.value != null));

{ jym: .service, xm: .person.name, zjhm: .person.identity_number } + answers | known
