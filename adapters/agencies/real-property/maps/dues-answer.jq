# What is to be paid, and what was.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;
# Nothing is found where the answer says so, not where it is cut short.
def entries($name):
  if . == "" then []
  elif isobject then .[$name] | if . == null then error("the list is missing") else list end
  else error("the list is missing") end;
def needed: if blank then error("a field is missing") else . end;

{ dues: [.Body | entries("JF") | .[] | {
  reference: (.JFDH | text),
  title: (.FYMC | text),
  amount_fen: (.YJJE | needed | amount_in),
  due: (.JFQX | date_in),
  raised: (.KDRQ | date_in),
  status: (.JFZT | word({ "10": "open", "20": "settled", "30": "cancelled", "40": "refunded" }))
} | known] }
