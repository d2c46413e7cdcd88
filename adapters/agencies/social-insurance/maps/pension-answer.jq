# YZ04005: what the backend answers.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;
def month: if blank then null else .[0:4] + "-" + .[4:6] end;

{
  records: [.rows // [] | .[] | {
    reference: (.ffbh | text),
    state: (.ffbz | if blank then null else word({ "1": "paid", "2": "returned", "3": "paused" }) end),
    next: ({ "3": "YZ04027", "2": "YZ04028" }[.ffbz | tostring]),
    facts: ({
      month: (.ffny | month),
      paid: (.ffrq | date_in),
      total: (.ffje | amount_in),
      basic: (.jcylj | amount_in),
      account: (.grzhylj | amount_in),
      extra: (.qtje | amount_in),
      bank: (.yhmc | text)
    } | known)
  } | known],
  summary: ({
    year_total: (.bnhj | amount_in),
    confirmed_until: (.rzyxq | date_in)
  } | known)
} | if .summary == {} then del(.summary) else . end
