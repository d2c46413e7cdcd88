# YZ02002: what the backend answers.
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

{
  records: [.body | entries("vio") | .[] | {
    reference: (.xh | text),
    title: (.wfms | text),
    state: (.zt | if blank then null else word({ "0": "unhandled", "4": "counter", "1": "unpaid", "2": "paid", "3": "disputed", "9": "removed" }) end),
    due: (if .zt == "1" then .jdsbh else null end),
    next: ({ "0": "YZ02015", "1": "YZ02016" }[.zt | tostring]),
    facts: ({
      at: (.wfsj | date_in),
      place: (.wfdz | text),
      plate: (.hphm | text),
      way: (.cljg | if blank then null else word({ "1": "spot", "2": "camera" }) end),
      fine: (.fkje | amount_in),
      points: (.wfjfs | number),
      decision: (.jdsbh | text),
      pay_by: (.jkqx | day),
      evidence: (.zpbh | text)
    } | known)
  } | known],
  summary: (.hz // {} | {
    points: (.ljjf | number),
    fines: (.fkhj | amount_in)
  } | known)
} | if .summary == {} then del(.summary) else . end
