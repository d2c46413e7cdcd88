# What each service's answer holds: our name, the backend's, and how it writes the value.
def services: {
  "YZ14002": {
    "reference": "dzsph",
    "title": "sdxm",
    "facts": {
      "period": ["skssq", "month"],
      "payer": ["kjywr", "text"],
      "income": ["sre", "money"],
      "deduction": ["zxkc", "money"],
      "special": ["zxfjkc", "money"],
      "tax": ["sjje", "money"],
      "paid": ["rkrq", "date"]
    },
    "summary": { "income": ["srhj", "money"], "tax": ["sehj", "money"] }
  },
  "YZ14003": {
    "reference": "dzsph",
    "title": "fwzl",
    "state": ["zt", { "1": "paid", "0": "open", "3": "refunded" }],
    "next": { "0": "YZ14012" },
    "facts": {
      "contract": ["htbh", "reference"],
      "base": ["jsje", "money"],
      "rate": ["sl", "text"],
      "tax": ["sjje", "money"],
      "paid": ["rkrq", "date"]
    }
  },
  "YZ14004": {
    "reference": "sbh",
    "title": "fwzl",
    "state": ["zt", { "1": "paid", "0": "open", "2": "exempt" }],
    "facts": {
      "base": ["fcyz", "money"],
      "way": ["jsfs", "text"],
      "tax": ["ynse", "money"],
      "pay_by": ["jkqx", "date"],
      "paid": ["rkrq", "date"]
    }
  },
  "YZ14005": {
    "reference": "spbh",
    "title": "ssnd",
    "state": ["zt", { "1": "paid", "0": "open", "2": "exempt" }],
    "next": { "0": "YZ14014" },
    "facts": {
      "vehicle": ["clxx", "text"],
      "tax": ["ynse", "money"],
      "paid": ["rkrq", "date"],
      "through": ["dsjg", "text"]
    }
  },
  "YZ14006": {
    "reference": "jsbh",
    "title": "tsnr",
    "state": ["zt", { "T": "refund", "B": "owe", "M": "none", "W": "done" }],
    "next": { "T": "YZ14008", "B": "YZ14008" },
    "facts": {
      "income": ["zhsd", "money"],
      "prepaid": ["yjse", "money"],
      "due": ["ynse", "money"],
      "difference": ["bte", "money"],
      "deadline": ["jzrq", "date"]
    }
  },
  "YZ14007": {
    "reference": "zmbh",
    "title": "zmlx",
    "state": ["zt", { "1": "valid", "2": "replaced", "9": "void" }],
    "facts": {
      "holder": ["nsrxm", "text"],
      "period": ["ssqj", "text"],
      "amount": ["sjje", "money"],
      "issued": ["kjrq", "date"]
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
def month: if blank then null else . end;
def value($how):
  if blank then null
  elif $how == "money" then amount_in
  elif $how == "date" then date_in
  elif $how == "month" then month
  elif $how | isobject then word($how)
  else tostring end;
def field($name): if $name == null or (.[$name] | blank) then null else .[$name] | tostring end;
def facts($table): . as $row
  | $table | with_entries({ key: .key, value: (.value as $is | $row[$is[0]] | value($is[1])) }) | known;

services[$call.input.service] as $is
| {
    records: [.sj | entries("mx") | .[] | {
      reference: field($is.reference),
      title: field($is.title),
      state: (if $is.state == null then null else .[$is.state[0]] | value($is.state[1]) end),
      next: (if $is.next == null then null else $is.next[.[$is.state[0]] | tostring] end),
      facts: facts($is.facts)
    } | known],
    summary: (.hj // {} | facts($is.summary // {}))
  } | if .summary == {} then del(.summary) else . end
