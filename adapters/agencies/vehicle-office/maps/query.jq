# Every question without an interface of its own goes through one operation.
# What the backend calls what is asked, by the service.
def names: {
  "YZ02014": { "kind": "wdlx", "district": "xzqh" }
};
def answers: . as $ask | (names[.service] // {}) | with_entries({ key: .value, value: $ask.answers[.key] });
def known: with_entries(select(.value != null));

{
  head: { jkid: .service, qqlsh: $call.id, qqsj: ($call.time | date_out) },
  body: ({ xm: .person.name, sfzmhm: .person.identity_number } + answers | known)
}
