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
def day: date_in | if . == null then null else .[0:10] end;
def flag: if blank then null else . == "1" end;

{ dues: [.body | entries("fk") | .[] | {
  reference: (.jdsbh | text),
  title: (.wfms | text),
  amount_fen: (.yjje | needed | amount_in),
  surcharge_fen: (.jcfk | needed | amount_in),
  due: (.jkqx | day),
  raised: (.sdrq | day),
  status: (.jkzt | word({ "01": "open", "02": "settled", "03": "cancelled", "04": "refunded" })),
  partly: (.fqbz | flag)
} | known] }
