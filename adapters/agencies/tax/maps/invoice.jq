# YZ14001: what the backend is asked.
def known: with_entries(select(.value != null));

{
  ywid: .service,
  lsh: $call.id,
  nsrxm: .person.name,
  sfzjhm: .person.identity_number,
  ywbw: ({ fphm: .answers.number, kprq: (.answers.date | date_out), je: .answers.amount } | known)
} | known
