# Which appointments are wanted.
def known: with_entries(select(.value != null));

{
  head: { fwbm: .service },
  body: ({ ksrq: (.from | date_out), jsrq: (.to | date_out), ddbh: .place } | known),
}
