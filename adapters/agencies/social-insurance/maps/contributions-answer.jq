# YZ04002: what the backend answers.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;
def number: if blank then null else tonumber end;
def month: if blank then null else .[0:4] + "-" + .[4:6] end;

{
  records: [.rows // [] | .[] | {
    reference: (.djbh | text),
    state: (.jfbz | if blank then null else word({ "1": "paid", "0": "missing", "2": "arrears" }) end),
    facts: ({
      month: (.fkny | month),
      base: (.jfjs | amount_in),
      employer: (.dwjf | amount_in),
      own: (.grjf | amount_in),
      received: (.dzrq | date_in),
      by: (.dwmc | text)
    } | known)
  } | known],
  summary: ({
    months: (.yjys | number),
    total: (.grhj | amount_in)
  } | known)
} | if .summary == {} then del(.summary) else . end
