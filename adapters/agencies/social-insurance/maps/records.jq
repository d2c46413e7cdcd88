# What each service's answer holds: our name, the backend's, and how it writes the value.
def services: {
  "YZ04001": {
    "reference": "bh",
    "title": "bt",
    "state": ["zt", { "1": "active", "2": "paused", "4": "ended" }],
    "facts": {
      "employer": ["z1", "text"],
      "since": ["z2", "date"],
      "months": ["z3", "number"],
      "base": ["z4", "money"],
      "latest": ["z5", "month"]
    }
  },
  "YZ04003": {
    "reference": "bh",
    "title": "bt",
    "facts": {
      "balance": ["z1", "money"],
      "own": ["z2", "money"],
      "interest": ["z3", "money"],
      "months": ["z4", "number"],
      "rate": ["z5", "text"],
      "as_of": ["z6", "date"]
    }
  },
  "YZ04004": {
    "reference": "bh",
    "title": "bt",
    "facts": {
      "months": ["z1", "number"],
      "total_months": ["z2", "number"],
      "base": ["z3", "money"],
      "own": ["z4", "money"],
      "balance": ["z5", "money"],
      "file": ["z6", "reference"]
    }
  },
  "YZ04006": {
    "title": "bt",
    "facts": {
      "monthly": ["z1", "money"],
      "basic": ["z2", "money"],
      "account": ["z3", "money"],
      "months": ["z4", "number"],
      "balance": ["z5", "money"],
      "note": ["z6", "text"]
    }
  },
  "YZ04007": {
    "reference": "bh",
    "title": "bt",
    "facts": {
      "from": ["z1", "month"],
      "until": ["z2", "month"],
      "months": ["z3", "number"],
      "own": ["z4", "money"]
    },
    "summary": { "months": ["hz1", "number"], "usable": ["hz2", "number"] }
  },
  "YZ04008": {
    "reference": "bh",
    "title": "bt",
    "state": ["zt", { "1": "paid", "0": "planned", "9": "stopped" }],
    "facts": {
      "month": ["z1", "month"],
      "amount": ["z2", "money"],
      "paid": ["z3", "date"],
      "note": ["z4", "text"]
    },
    "summary": { "used": ["hz1", "number"], "left": ["hz2", "number"] }
  },
  "YZ04009": {
    "reference": "bh",
    "title": "bt",
    "state": ["zt", { "1": "covered", "2": "ended" }],
    "facts": {
      "from": ["z1", "month"],
      "until": ["z2", "month"],
      "base": ["z3", "money"],
      "industry": ["z4", "text"]
    }
  },
  "YZ04011": {
    "reference": "bh",
    "title": "bt",
    "state": ["zt", { "1": "received", "2": "making", "3": "sent", "4": "ready", "5": "done" }],
    "facts": {
      "applied": ["z1", "date"],
      "bank": ["z2", "text"],
      "where": ["z3", "text"],
      "parcel": ["z4", "reference"],
      "expected": ["z5", "date"]
    }
  },
  "YZ04012": {
    "reference": "bh",
    "title": "bt",
    "state": ["zt", { "1": "normal", "2": "lost", "3": "expiring", "4": "cancelled" }],
    "next": { "2": "YZ04035", "3": "YZ04035" },
    "facts": {
      "bank": ["z1", "text"],
      "issued": ["z2", "date"],
      "until": ["z3", "date"],
      "finance": ["z4", "flag"],
      "electronic": ["z5", "flag"]
    }
  },
  "YZ04013": {
    "reference": "bh",
    "title": "bt",
    "state": ["zt", { "1": "received", "2": "contacting", "3": "waiting", "4": "funds", "5": "done", "6": "refused" }],
    "facts": {
      "from": ["z1", "text"],
      "applied": ["z2", "date"],
      "due": ["z3", "date"],
      "months": ["z4", "number"],
      "amount": ["z5", "money"]
    }
  },
  "YZ04014": {
    "reference": "bh",
    "title": "bt",
    "state": ["zt", { "1": "payable", "2": "not-payable", "3": "employer" }],
    "next": { "1": "YZ04021" },
    "facts": {
      "from": ["z1", "month"],
      "until": ["z2", "month"],
      "months": ["z3", "number"],
      "effect": ["z4", "text"]
    }
  },
  "YZ04015": {
    "reference": "bh",
    "title": "bt",
    "facts": {
      "address": ["z1", "text"],
      "phone": ["z2", "reference"],
      "hours": ["z3", "text"],
      "services": ["z4", "text"]
    }
  },
  "YZ04016": {
    "reference": "bh",
    "title": "bt",
    "state": ["zt", { "1": "ready", "2": "waiting", "3": "short" }],
    "next": { "1": "YZ04026", "3": "YZ04021" },
    "facts": {
      "retire_on": ["z1", "month"],
      "months": ["z2", "number"],
      "needed": ["z3", "number"],
      "missing": ["z4", "number"],
      "to_check": ["z5", "text"]
    }
  },
  "YZ04017": {
    "reference": "bh",
    "title": "bt",
    "state": ["zt", { "1": "valid", "2": "expired", "9": "void" }],
    "facts": {
      "holder": ["z1", "text"],
      "months": ["z2", "number"],
      "issued": ["z3", "date"],
      "until": ["z4", "date"]
    }
  }
};

# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def month: if blank then null else .[0:4] + "-" + .[4:6] end;
def flag: if blank then null else . == "1" end;
def value($how):
  if blank then null
  elif $how == "money" then amount_in
  elif $how == "date" then date_in
  elif $how == "month" then month
  elif $how == "number" then tonumber
  elif $how == "flag" then flag
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
      next: (if $is.next == null then null else $is.next[.[$is.state[0]] | tostring] end),
      facts: facts($is.facts)
    } | known],
    summary: (. | facts($is.summary // {}))
  } | if .summary == {} then del(.summary) else . end
