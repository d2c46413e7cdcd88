# Every question without an interface of its own goes through one operation.
# What the backend calls what is asked, by the service.
def names: {
  "YZ14002": { "year": "ssnd" },
  "YZ14004": { "year": "ssnd" },
  "YZ14005": { "plate": "hphm" },
  "YZ14006": { "year": "ssnd" },
  "YZ14007": { "number": "zmbh", "code": "yzm" }
};
def answers: . as $ask | (names[.service] // {}) | with_entries({ key: .value, value: $ask.answers[.key] });
def known: with_entries(select(.value != null));

{
  ywid: .service,
  lsh: $call.id,
  nsrxm: .person.name,
  sfzjhm: .person.identity_number,
  ywbw: (answers | known)
} | known
