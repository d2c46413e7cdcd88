# What each service's answer holds: our name, the backend's, and how it writes the value.
def services: {
  "YZ09003": {
    "reference": "bh",
    "title": "bt",
    "state": ["zt", { "1": "regular", "2": "late", "3": "cleared" }],
    "facts": {
      "left": ["z1", "money"],
      "amount": ["z2", "money"],
      "rate": ["z3", "text"],
      "monthly": ["z4", "money"],
      "next": ["z5", "date"],
      "periods": ["z6", "number"],
      "overdue": ["z7", "money"]
    }
  },
  "YZ09004": {
    "reference": "bh",
    "title": "bt",
    "state": ["zt", { "1": "received", "2": "reviewing", "3": "correction", "4": "approved", "5": "mortgage", "6": "paid", "9": "refused" }],
    "facts": {
      "amount": ["z1", "money"],
      "approved": ["z2", "money"],
      "years": ["z3", "number"],
      "applied": ["z4", "date"],
      "due": ["z5", "date"],
      "step": ["z6", "text"]
    }
  },
  "YZ09005": {
    "reference": "bh",
    "title": "bt",
    "state": ["zt", { "1": "received", "2": "reviewing", "4": "approved", "5": "paid", "9": "refused" }],
    "facts": {
      "amount": ["z1", "money"],
      "applied": ["z2", "date"],
      "paid": ["z3", "date"],
      "account": ["z4", "text"],
      "note": ["z5", "text"]
    }
  },
  "YZ09006": {
    "title": "bt",
    "facts": {
      "loan": ["z1", "money"],
      "down": ["z2", "money"],
      "monthly": ["z3", "money"],
      "rate": ["z4", "text"],
      "interest": ["z5", "money"],
      "note": ["z6", "text"]
    }
  },
  "YZ09007": {
    "reference": "bh",
    "title": "bt",
    "state": ["zt", { "1": "received", "2": "contacting", "3": "waiting", "4": "funds", "5": "done", "6": "refused" }],
    "facts": {
      "applied": ["z1", "date"],
      "due": ["z2", "date"],
      "amount": ["z3", "money"],
      "months": ["z4", "number"],
      "note": ["z5", "text"]
    }
  },
  "YZ09008": {
    "reference": "bh",
    "state": ["zt", { "0": "planned", "1": "paid", "2": "late" }],
    "facts": {
      "due": ["z1", "date"],
      "total": ["z2", "money"],
      "principal": ["z3", "money"],
      "interest": ["z4", "money"],
      "left": ["z5", "money"]
    },
    "summary": { "left": ["hz1", "number"], "remaining": ["hz2", "money"] }
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

services[$call.input.service] as $is
| {
    records: [.rows // [] | .[] | {
      reference: field($is.reference),
      title: field($is.title),
      state: (if $is.state == null then null else .[$is.state[0]] | value($is.state[1]) end),
      facts: facts($is.facts)
    } | known],
    summary: (. | facts($is.summary // {}))
  } | if .summary == {} then del(.summary) else . end
