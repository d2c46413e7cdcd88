# YZ02012: what the backend is asked.
def known: with_entries(select(.value != null));

{
  head: { jkid: .service, qqlsh: $call.id, qqsj: ($call.time | date_out) },
  body: ({ xm: .person.name, sfzmhm: .person.identity_number } + {} | known)
}
