# Our question in their fields.
def known: with_entries(select(.value != null));
def names: { from_day: "ksrq", to_day: "jsrq" };
{
  head: { fwbm: .service, ys: .page.number, ts: .page.size },
  body: (({ xm: .person.name, zjhm: .person.identity_number } | known) + (.answers // {} | with_entries(if .key == "from_day" or .key == "to_day" then .value |= date_out else . end) | with_entries(.key = (names[.key] // .key)))),
}
