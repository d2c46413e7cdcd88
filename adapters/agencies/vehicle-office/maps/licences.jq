# Whose licences.
def known: with_entries(select(.value != null));

{
  head: { jkid: "ZZ01", qqlsh: $call.id, qqsj: ($call.time | date_out) },
  body: ({
    xm: .person.name,
    sfzmhm: .person.identity_number,
    zzlx: (.kinds // [] | map({ L04: "JSZ", L05: "XSZ", L52: "JYBZ" }[.]) | if length == 0 then null else . end)
  } | known)
}
