# Every question without an interface of its own goes through one operation.
# What the backend calls what is asked, by the service.
def names: {
  "YZ11002": { "certificate": "BDCQZH" },
  "YZ11005": { "certificate": "BDCQZH", "serial": "ZSYSXLH" }
};
def answers: . as $ask | (names[.service] // {}) | with_entries({ key: .value, value: $ask.answers[.key] });
def known: with_entries(select(.value != null));

{
  Header: { ServiceId: .service, SerialNo: $call.id },
  Body: ({ QLRMC: .person.name, ZJH: .person.identity_number } + answers | known)
}
