# YZ02004: what the backend answers.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;
# Nothing is found where the answer says so, not where it is cut short.
def entries($name):
  if . == "" then []
  elif isobject then .[$name] | if . == null then error("the list is missing") else list end
  else error("the list is missing") end;
def day: date_in | if . == null then null else .[0:10] end;

{
  records: [.body | entries("drv") | .[] | {
    title: (.zjmc | text),
    licence: (.sfzmhm | text),
    state: (.zt | if blank then null else word({ "A": "normal", "R": "renewable", "M": "medical", "B": "over-points", "C": "held", "E": "cancelled" }) end),
    next: ({ "R": "YZ02022", "M": "YZ02027" }[.zt | tostring]),
    facts: ({
      number: (.dabh | text),
      class: (.zjcx | text),
      first: (.cclzrq | day),
      from: (.yxqs | day),
      until: (.yxqz | day),
      renew_from: (.hzqs | day),
      medical: (.tjrq | day),
      check: (.syrq | day)
    } | known)
  } | known]
}
