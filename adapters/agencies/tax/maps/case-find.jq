# Whether a case of the portal's number arrived.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
  ywid: .service,
  lsh: $call.id,
  nsrxm: .person.name,
  sfzjhm: .person.identity_number,
  ywbw: ({
    sqbh: .case
  } | known)
} | known
