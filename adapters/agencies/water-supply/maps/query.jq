# Every question without an interface of its own goes through one operation.
# What the backend calls what is asked, by the service.
def names: {
  "YZ17002": { "customer": "yhbh" },
  "YZ17006": { "district": "qy" }
};
def answers: . as $ask | (names[.service] // {}) | with_entries({ key: .value, value: $ask.answers[.key] });
def known: with_entries(select(.value != null));

{
  fwdm: .service,
  khxm: .person.name,
  khzjh: .person.identity_number,
  cs: (answers | known)
} | known
