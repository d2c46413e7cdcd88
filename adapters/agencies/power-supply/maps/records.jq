# What each service's answer holds: our name, the backend's, and how it writes the value.
def services: {
  "YZ17005": {
    "reference": "bh",
    "title": "bt",
    "state": ["zt", { "0": "planned", "1": "now", "2": "back" }],
    "facts": {
      "area": ["z1", "text"],
      "from": ["z2", "time"],
      "until": ["z3", "time"],
      "reason": ["z4", "text"],
      "line": ["z5", "text"]
    }
  }
};

# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def value($how):
  if blank then null
  elif $how == "time" then date_from("yyyyMMddHHmmss")
  elif $how | isobject then word($how)
  else tostring end;
def field($name): if $name == null or (.[$name] | blank) then null else .[$name] | tostring end;
def facts($table): . as $row
  | $table | with_entries({ key: .key, value: (.value as $is | $row[$is[0]] | value($is[1])) }) | known;

services[$call.input.service] as $is
| {
    records: [.rows // [] | .[] | {
      reference: field($is.reference),
      title: field($is.title),
      state: (if $is.state == null then null else .[$is.state[0]] | value($is.state[1]) end),
      facts: facts($is.facts)
    } | known]
  }
