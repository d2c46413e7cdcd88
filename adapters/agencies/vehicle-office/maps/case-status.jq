# A case by the agency's number.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
  head: { jkid: .service, qqlsh: $call.id, qqsj: ($call.time | date_out) },
  body: ({
    lsh: .reference
  } | known)
}
