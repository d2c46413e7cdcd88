# What each service's answer holds: our name, the backend's, and how it writes the value.
def services: {
  "YZ17004": {
    "reference": "zdbh",
    "title": "cnj",
    "state": ["zt", { "0": "open", "1": "paid", "2": "late", "3": "paused" }],
    "due": ["zdbh", "0"],
    "next": { "0": "YZ17011", "2": "YZ17011" },
    "facts": {
      "address": ["dz", "text"],
      "area": ["mj", "number"],
      "price": ["dj", "text"],
      "total": ["je", "money"],
      "pay_by": ["jzrq", "date"],
      "paid": ["jfrq", "date"]
    }
  },
  "YZ17007": {
    "reference": "gdbh",
    "title": "gznr",
    "state": ["zt", { "1": "received", "2": "assigned", "3": "done", "4": "visit" }],
    "facts": {
      "reported": ["bxrq", "date"],
      "address": ["dz", "text"],
      "worker": ["ry", "text"],
      "visit": ["yyrq", "date"],
      "period": ["yysd", "text"],
      "result": ["jg", "text"]
    }
  }
};

# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def value($how):
  if blank then null
  elif $how == "money" then amount_in
  elif $how == "date" then date_in
  elif $how == "number" then tonumber
  elif $how | isobject then word($how)
  else tostring end;
def field($name): if $name == null or (.[$name] | blank) then null else .[$name] | tostring end;
def facts($table): . as $row
  | $table | with_entries({ key: .key, value: (.value as $is | $row[$is[0]] | value($is[1])) }) | known;

# While a line is being checked, nothing is told from it.
if any(.lines[]; .sjzt == "H") then busy else .
end
| services[$call.input.service] as $is
| {
    records: [.lines | .[] | {
      reference: field($is.reference),
      title: field($is.title),
      state: (if $is.state == null then null else .[$is.state[0]] | value($is.state[1]) end),
      due: (if $is.due != null and .[$is.state[0]] == $is.due[1] then .[$is.due[0]] else null end),
      next: (if $is.next == null then null else $is.next[.[$is.state[0]] | tostring] end),
      facts: facts($is.facts)
    } | known],
    as_of: .since
  }
