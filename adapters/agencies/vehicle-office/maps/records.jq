# What each service's answer holds: our name, the backend's, and how it writes the value.
def services: {
  "YZ02014": {
    "reference": "wdbh",
    "title": "wdmc",
    "state": ["zt", { "1": "open", "2": "closed" }],
    "facts": {
      "address": ["dz", "text"],
      "phone": ["lxdh", "reference"],
      "hours": ["fwsj", "text"],
      "services": ["ywfw", "text"]
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
  elif $how | isobject then word($how)
  else tostring end;
def field($name): if $name == null or (.[$name] | blank) then null else .[$name] | tostring end;
def facts($table): . as $row
  | $table | with_entries({ key: .key, value: (.value as $is | $row[$is[0]] | value($is[1])) }) | known;

services[$call.input.service] as $is
| {
    records: [.body | entries("row") | .[] | {
      reference: field($is.reference),
      title: field($is.title),
      state: (if $is.state == null then null else .[$is.state[0]] | value($is.state[1]) end),
      facts: facts($is.facts)
    } | known]
  }
