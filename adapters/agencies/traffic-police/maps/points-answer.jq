# YZ02003: what the backend answers.
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
  records: [.body | entries("jf") | .[] | {
    reference: (.jdsbh | text),
    title: (.wfms | text),
    state: (.zt | if blank then null else word({ "1": "unpaid", "2": "paid", "5": "reduced" }) end),
    due: (if .zt == "1" then .jdsbh else null end),
    next: ({ "1": "YZ02016" }[.zt | tostring]),
    facts: ({
      decided: (.clsj | day),
      points: (.jfz | number),
      at: (.wfsj | date_in),
      plate: (.hphm | text)
    } | known)
  } | known],
  summary: (.hz // {} | {
    total: (.ljjf | number),
    left: (.syfz | number),
    begins: (.zqksrq | day),
    ends: (.zqjsrq | day),
    licence_state: (.jszt | if blank then null else word({ "A": "normal", "B": "study", "C": "held" }) end)
  } | known)
} | if .summary == {} then del(.summary) else . end
