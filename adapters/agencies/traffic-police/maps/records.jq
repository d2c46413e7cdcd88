# What each service's answer holds: our name, the backend's, and how it writes the value.
def services: {
  "YZ02006": {
    "reference": "jdsbh",
    "title": "wfms",
    "state": ["zt", { "1": "unpaid", "2": "paid", "8": "revoked" }],
    "due": ["jdsbh", "1"],
    "next": { "1": "YZ02016" },
    "facts": {
      "decided": ["clsj", "date"],
      "at": ["wfsj", "time"],
      "place": ["wfdz", "text"],
      "basis": ["cfyj", "text"],
      "fine": ["fkje", "money"],
      "points": ["wfjfs", "number"],
      "pay_by": ["jkqx", "date"],
      "authority": ["cljgmc", "text"]
    }
  },
  "YZ02007": {
    "reference": "pjhm",
    "title": "wfms",
    "state": ["zt", { "2": "paid", "7": "refunded" }],
    "facts": {
      "decision": ["jdsbh", "reference"],
      "paid": ["jkrq", "date"],
      "fine": ["fkje", "money"],
      "surcharge": ["jcfk", "money"],
      "amount": ["hjje", "money"],
      "receipt": ["pjhm", "reference"],
      "way": ["jkqd", "text"]
    }
  },
  "YZ02008": {
    "reference": "sbbh",
    "title": "sbmc",
    "facts": {
      "kind": ["lxmc", "text"],
      "place": ["azdz", "text"],
      "limit": ["xs", "number"],
      "since": ["qyrq", "date"]
    }
  },
  "YZ02009": {
    "reference": "sjbh",
    "title": "dlmc",
    "state": ["lk", { "1": "clear", "2": "slow", "3": "jam", "4": "works", "5": "accident" }],
    "facts": {
      "stretch": ["ld", "text"],
      "speed": ["pjcs", "number"],
      "until": ["yjhf", "time"],
      "advice": ["rxts", "text"],
      "at": ["gxsj", "time"]
    }
  },
  "YZ02010": {
    "reference": "xxbh",
    "title": "xxmc",
    "facts": {
      "plates": ["xxwh", "text"],
      "hours": ["xxsj", "text"],
      "area": ["xxqy", "text"],
      "exempt": ["bxx", "text"]
    }
  },
  "YZ02011": {
    "reference": "blbh",
    "title": "dlmc",
    "state": ["zt", { "1": "free", "2": "few", "3": "full" }],
    "facts": {
      "stretch": ["ld", "text"],
      "spaces": ["bws", "number"],
      "free": ["kws", "number"],
      "price": ["sfbz", "text"],
      "hours": ["sfsj", "text"]
    }
  },
  "YZ02013": {
    "reference": "sgbh",
    "title": "sglx",
    "state": ["zt", { "1": "accepted", "2": "investigating", "3": "found", "4": "review", "5": "closed" }],
    "facts": {
      "at": ["sgsj", "time"],
      "place": ["sgdd", "text"],
      "officer": ["bar", "text"],
      "finding": ["rdsbh", "reference"],
      "finding_due": ["rdqx", "date"],
      "share": ["zrrd", "text"]
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
def day: date_in | if . == null then null else .[0:10] end;
def value($how):
  if blank then null
  elif $how == "money" then amount_in
  elif $how == "date" then day
  elif $how == "time" then date_in
  elif $how == "number" then tonumber
  elif $how | isobject then word($how)
  else tostring end;
def field($name): if $name == null or (.[$name] | blank) then null else .[$name] | tostring end;
def facts($table): . as $row
  | $table | with_entries({ key: .key, value: (.value as $is | $row[$is[0]] | value($is[1])) }) | known;

services[$call.input.service] as $is
| {
    records: [.body | entries("jl") | .[] | {
      reference: field($is.reference),
      title: field($is.title),
      state: (if $is.state == null then null else .[$is.state[0]] | value($is.state[1]) end),
      due: (if $is.due != null and .[$is.state[0]] == $is.due[1] then .[$is.due[0]] else null end),
      next: (if $is.next == null then null else $is.next[.[$is.state[0]] | tostring] end),
      facts: facts($is.facts)
    } | known]
  }
