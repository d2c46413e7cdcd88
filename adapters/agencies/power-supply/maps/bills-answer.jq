# YZ17001: what the backend answers.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;
def number: if blank then null else tonumber end;
def month: if blank then null else .[0:4] + "-" + .[4:6] end;

{
  records: [.rows // [] | .[] | {
    reference: (.zdh | text),
    state: (.zt | if blank then null else word({ "0": "open", "1": "paid", "2": "overdue" }) end),
    due: (if .zt == "0" then .zdh else null end),
    next: ({ "0": "YZ17008", "2": "YZ17008" }[.zt | tostring]),
    facts: ({
      month: (.ny | month),
      used: (.dl | number),
      step: (.jt | text),
      peak: (.fdl | number),
      valley: (.gdl | number),
      total: (.df | amount_in),
      pay_by: (.jzrq | date_in),
      paid: (.jfrq | date_in)
    } | known)
  } | known],
  summary: ({
    open: (.wjhj | amount_in),
    year_used: (.nljdl | number)
  } | known)
} | if .summary == {} then del(.summary) else . end
