# The applicant takes the application back.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
  ywid: .service,
  lsh: $call.id,
  nsrxm: .person.name,
  sfzjhm: .person.identity_number,
  ywbw: ({
    swsxbh: .reference,
    cxyy: .reason
  } | known)
} | known
