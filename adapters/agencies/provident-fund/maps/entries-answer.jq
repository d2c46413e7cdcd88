# YZ09002: what the backend answers.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;
def month: if blank then null else .[0:4] + "-" + .[4:6] end;

{
  records: [.rows // [] | .[] | {
    reference: (.lsh | text),
    title: (.zy | text),
    facts: ({
      date: (.rq | date_in),
      month: (.ny | month),
      amount: (.fse | amount_in),
      employer: (.dwje | amount_in),
      own: (.grje | amount_in),
      balance: (.ye | amount_in)
    } | known)
  } | known],
  summary: ({
    paid_in: (.srhj | amount_in),
    paid_out: (.zchj | amount_in)
  } | known)
} | if .summary == {} then del(.summary) else . end
