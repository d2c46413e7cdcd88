# An appointment is given back.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
  head: { jkid: .service, qqlsh: $call.id, qqsj: ($call.time | date_out) },
  body: ({
    yyddh: .booking,
    qxlx: (.reason | { person: "1", expired: "2" }[.])
  } | known)
}
