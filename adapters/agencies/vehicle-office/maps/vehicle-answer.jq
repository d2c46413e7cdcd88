# YZ02005: what the backend answers.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;
# Nothing is found where the answer says so, not where it is cut short.
def entries($name):
  if . == "" then []
  elif isobject then .[$name] | if . == null then error("the list is missing") else list end
  else error("the list is missing") end;
def number: if blank then null else tonumber end;
def day: date_in | if . == null then null else .[0:10] end;
def flag: if blank then null else . == "1" end;

{
  records: [.body | entries("veh") | .[] | {
    reference: (.hphm | text),
    title: (.clxh | text),
    state: (.zt | if blank then null else word({ "A": "normal", "M": "mark", "G": "inspect", "Q": "overdue", "E": "cancelled" }) end),
    next: ({ "M": "YZ02033", "G": "YZ02034" }[.zt | tostring]),
    facts: ({
      type: (.cllx | text),
      registered: (.ccdjrq | day),
      inspect_by: (.yxqz | day),
      scrap: (.qzbfqz | day),
      insurance: (.bxzzrq | day),
      mortgage: (.dybj | flag),
      violations: (.wfts | number)
    } | known)
  } | known]
}
