# What each service's answer holds: our name, the backend's, and how it writes the value.
def services: {
  "YZ10001": {
    "reference": "sqbh",
    "title": "sqlb",
    "state": ["zt", { "1": "received", "2": "checking", "3": "public", "4": "waiting", "5": "correction", "9": "refused" }],
    "next": { "4": "YZ10002" },
    "facts": {
      "applied": ["slrq", "date"],
      "household": ["jtrk", "number"],
      "checked": ["hcjg", "text"],
      "step": ["hj", "text"],
      "due": ["cnrq", "date"],
      "note": ["sm", "text"]
    }
  },
  "YZ10002": {
    "reference": "lhbh",
    "title": "fylx",
    "state": ["zt", { "1": "waiting", "2": "offered", "3": "rented", "9": "left" }],
    "next": { "3": "YZ10008" },
    "facts": {
      "place": ["sw", "number"],
      "ahead": ["qmrs", "number"],
      "since": ["lhrq", "date"],
      "area": ["pq", "text"],
      "expected": ["yjny", "month"],
      "deadline": ["xfqx", "date"]
    }
  }
};

# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def month: if blank then null else .[0:4] + "-" + .[4:6] end;
def value($how):
  if blank then null
  elif $how == "date" then date_in
  elif $how == "month" then month
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
      next: (if $is.next == null then null else $is.next[.[$is.state[0]] | tostring] end),
      facts: facts($is.facts)
    } | known],
    as_of: .since
  }
