# What each service's answer holds: our name, the backend's, and how it writes the value.
def services: {
  "YZ26001": {
    "reference": "jgbh",
    "title": "spmc",
    "facts": {
      "wholesale": ["pfj", "money"],
      "retail": ["lsj", "money"],
      "change": ["zdf", "text"],
      "market": ["scmc", "text"],
      "day": ["cjrq", "date"]
    }
  },
  "YZ26002": {
    "reference": "zsm",
    "title": "cpmc",
    "state": ["zt", { "1": "passed", "2": "exempt", "9": "recalled" }],
    "facts": {
      "producer": ["scdw", "text"],
      "origin": ["cd", "text"],
      "harvested": ["ccrq", "date"],
      "tested": ["jcrq", "date"],
      "test": ["jcxm", "text"],
      "certificate": ["hgzbh", "reference"]
    }
  },
  "YZ26003": {
    "reference": "ffbh",
    "title": "btmc",
    "state": ["zt", { "1": "paid", "0": "planned", "2": "returned" }],
    "facts": {
      "year": ["nd", "text"],
      "area": ["mj", "number"],
      "standard": ["bz", "text"],
      "amount": ["je", "money"],
      "paid": ["ffrq", "date"],
      "account": ["zh", "text"]
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
      facts: facts($is.facts)
    } | known],
    as_of: .since
  }
