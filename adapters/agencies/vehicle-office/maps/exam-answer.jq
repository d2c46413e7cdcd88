# YZ02012: what the backend answers.
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
  records: [.body | entries("exam") | .[] | {
    reference: (.lsh | text),
    title: (.kskm | text),
    state: (.zt | if blank then null else word({ "1": "passed", "2": "failed", "3": "booked", "0": "bookable" }) end),
    next: ({ "2": "YZ02030", "0": "YZ02030" }[.zt | tostring]),
    facts: ({
      date: (.ksrq | day),
      place: (.ksdd | text),
      score: (.kscj | number),
      attempt: (.kscs | number),
      class: (.kscx | text),
      next_from: (.kyyrq | day)
    } | known)
  } | known]
}
