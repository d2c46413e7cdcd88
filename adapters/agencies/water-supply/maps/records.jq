# What each service's answer holds: our name, the backend's, and how it writes the value.
def services: {
  "YZ17002": {
    "reference": "zdbh",
    "title": "zdyf",
    "state": ["zt", { "0": "open", "1": "paid", "2": "overdue" }],
    "due": ["zdbh", "0"],
    "next": { "0": "YZ17009", "2": "YZ17009" },
    "facts": {
      "used": ["sl", "number"],
      "step": ["jt", "text"],
      "water": ["sf", "money"],
      "sewage": ["wsf", "money"],
      "total": ["hj", "money"],
      "read": ["cbrq", "date"],
      "pay_by": ["jfqx", "date"]
    },
    "summary": { "open": ["wjhj", "money"], "year": ["nljs", "number"] }
  },
  "YZ17006": {
    "reference": "ggbh",
    "title": "ggbt",
    "state": ["zt", { "0": "planned", "1": "now", "2": "back" }],
    "facts": {
      "area": ["tsfw", "text"],
      "from": ["kssj", "time"],
      "until": ["jssj", "time"],
      "reason": ["tsyy", "text"],
      "tanker": ["ysd", "text"]
    }
  }
};

# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
# Nothing is found where the answer says so, not where it is cut short.
def entries($name):
  if . == "" then []
  elif isobject then .[$name] | if . == null then error("the list is missing") else list end
  else error("the list is missing") end;
def value($how):
  if blank then null
  elif $how == "money" then amount_in
  elif $how == "date" then date_in
  elif $how == "time" then date_from("yyyy-MM-dd HH:mm:ss")
  elif $how == "number" then tonumber
  elif $how | isobject then word($how)
  else tostring end;
def field($name): if $name == null or (.[$name] | blank) then null else .[$name] | tostring end;
def facts($table): . as $row
  | $table | with_entries({ key: .key, value: (.value as $is | $row[$is[0]] | value($is[1])) }) | known;

services[$call.input.service] as $is
| {
    records: [.sj | entries("jl") | .[] | {
      reference: field($is.reference),
      title: field($is.title),
      state: (if $is.state == null then null else .[$is.state[0]] | value($is.state[1]) end),
      due: (if $is.due != null and .[$is.state[0]] == $is.due[1] then .[$is.due[0]] else null end),
      next: (if $is.next == null then null else $is.next[.[$is.state[0]] | tostring] end),
      facts: facts($is.facts)
    } | known],
    summary: (. | facts($is.summary // {}))
  } | if .summary == {} then del(.summary) else . end
