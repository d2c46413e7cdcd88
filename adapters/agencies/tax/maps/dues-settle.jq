# A payment is reported.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
  ywid: .service,
  lsh: $call.id,
  nsrxm: .person.name,
  sfzjhm: .person.identity_number,
  ywbw: ({
    yzpzxh: .reference,
    ddbh: .order,
    jyls: .payment,
    yhmc: .provider,
    ybse: (.amount_fen | amount_out),
    jksj: (.paid | date_to("yyyy-MM-dd HH:mm:ss"))
  } | known)
} | known
