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

{ dues: [.sj | entries("ysf") | .[] | {
  reference: (.yzpzxh | text),
  title: (.zsxmmc | text),
  amount_fen: (.ybse | needed | amount_in),
  surcharge_fen: (.znj | needed | amount_in),
  due: (.jkqx | date_in),
  raised: (.fsrq | date_in),
  status: (.jkzt | word({ "01": "open", "02": "settled", "03": "cancelled", "04": "refunded" }))
} | known] }
