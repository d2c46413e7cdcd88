# Which appointments there are.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
  head: { jkid: .service, qqlsh: $call.id, qqsj: ($call.time | date_out) },
  body: ({
    kssj: (.from | date_out),
    jssj: (.to | date_out),
    ddbh: .place
  } | known)
}
