# YZ09001: what the backend answers.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;
def month: if blank then null else .[0:4] + "-" + .[4:6] end;

{
  records: [.rows // [] | .[] | {
    reference: (.grzh | text),
    title: (.dwmc | text),
    state: (.zhzt | if blank then null else word({ "0": "active", "1": "sealed", "2": "frozen", "9": "closed" }) end),
    facts: ({
      balance: (.zhye | amount_in),
      monthly: (.yjce | amount_in),
      base: (.jcjs | amount_in),
      rate: (.jcbl | text),
      paid_to: (.jzny | month),
      interest: (.dnlx | amount_in),
      opened: (.khrq | date_in),
      withdrawn: (.ljtq | amount_in)
    } | known)
  } | known]
}
