# Our question in their fields.
def known: with_entries(select(.value != null));
def names: { year: "nd", from_day: "ksrq", to_day: "jsrq", district: "qx", kind: "jglx", words: "mcgjz" };
{
  infno: .service,
  input: ({ page: .page.number, rows: .page.size } + ({ xm: .person.name, sfzh: .person.identity_number } | known) + (.answers // {} | with_entries(if .key == "from_day" or .key == "to_day" then .value |= date_out else . end) | with_entries(.key = (names[.key] // .key)))),
}
