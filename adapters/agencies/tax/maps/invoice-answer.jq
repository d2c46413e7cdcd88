# YZ14001: what the backend answers.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;
# Nothing is found where the answer says so, not where it is cut short.
def entries($name):
  if . == "" then []
  elif isobject then .[$name] | if . == null then error("the list is missing") else list end
  else error("the list is missing") end;
def number: if blank then null else tonumber end;

{
  records: [.sj | entries("fpxx") | .[] | {
    reference: (.fphm | text),
    title: (.fplx | text),
    state: (.zt | if blank then null else word({ "0": "valid", "2": "cancelled", "3": "reversed" }) end),
    facts: ({
      seller: (.xfmc | text),
      buyer: (.gfmc | text),
      issued: (.kprq | date_in),
      total: (.jshj | amount_in),
      tax: (.se | amount_in),
      item: (.xmmc | text),
      checked: (.cycs | number)
    } | known)
  } | known]
}
