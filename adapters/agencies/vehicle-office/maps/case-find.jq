# Whether a case of the portal's number arrived.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
  head: { jkid: .service, qqlsh: $call.id, qqsj: ($call.time | date_out) },
  body: ({
    ywlsh: .case
  } | known)
}
