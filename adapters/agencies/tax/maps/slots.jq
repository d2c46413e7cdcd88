# Which appointments there are.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
  ywid: .service,
  lsh: $call.id,
  nsrxm: .person.name,
  sfzjhm: .person.identity_number,
  ywbw: ({
    ksrq: (.from | date_out),
    jsrq: (.to | date_out),
    bstdm: .place
  } | known)
} | known
