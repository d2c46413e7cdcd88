# Every question without an interface of its own goes through one operation.
# What the backend calls what is asked, by the service.
def names: {
  "YZ07004": { "date": "FeeDate" },
  "YZ07005": { "from": "BeginDate" }
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
  TradeCode: .service,
  TradeNo: $call.id,
  PatientName: .person.name,
  IdCardNo: .person.identity_number,
  Param: (answers | known)
} | known
