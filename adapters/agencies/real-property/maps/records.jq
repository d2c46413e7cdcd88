# What each service's answer holds: our name, the backend's, and how it writes the value.
def services: {
  "YZ11001": {
    "reference": "BDCDYH",
    "title": "ZL",
    "state": ["ZT", { "1": "registered", "2": "noted", "3": "history" }],
    "facts": {
      "certificate": ["BDCQZH", "reference"],
      "use": ["YT", "text"],
      "area": ["MJ", "number"],
      "share": ["GYQK", "text"],
      "mortgaged": ["SFDY", "flag"],
      "seized": ["SFCF", "flag"],
      "registered": ["DJSJ", "date"],
      "land_until": ["TDZZRQ", "date"]
    }
  },
  "YZ11002": {
    "reference": "BDCQZH",
    "title": "ZL",
    "licence": "ZSXLH",
    "state": ["ZT", { "1": "valid", "2": "lost", "3": "cancelled" }],
    "facts": {
      "mortgage": ["DYZT", { "0": "none", "1": "mortgaged", "2": "clearing" }],
      "bank": ["DYQR", "text"],
      "amount": ["BDBZQE", "money"],
      "seized": ["SFCF", "flag"],
      "objection": ["SFYY", "flag"],
      "notice": ["SFYG", "flag"],
      "residence": ["SFJZQ", "flag"]
    }
  },
  "YZ11003": {
    "reference": "YWH",
    "title": "DJLX",
    "state": ["BLZT", { "1": "received", "2": "reviewing", "3": "correction", "4": "fee", "5": "done", "6": "refused" }],
    "next": { "4": "YZ11016" },
    "facts": {
      "place": ["ZL", "text"],
      "applied": ["SLSJ", "date"],
      "due": ["CNBJRQ", "date"],
      "step": ["DQHJ", "text"],
      "note": ["TSXX", "text"]
    }
  },
  "YZ11004": {
    "reference": "BDCDYH",
    "title": "ZL",
    "facts": {
      "owner": ["QLRGX", "text"],
      "area": ["MJ", "number"],
      "registered": ["DJSJ", "date"],
      "use": ["YT", "text"]
    },
    "summary": { "homes": ["ZFTS", "number"], "members": ["JTCY", "number"] }
  },
  "YZ11005": {
    "reference": "BDCQZH",
    "title": "ZSMC",
    "state": ["ZT", { "1": "genuine", "2": "replaced", "3": "cancelled" }],
    "facts": {
      "holder": ["QLR", "text"],
      "district": ["QX", "text"],
      "issued": ["FZRQ", "date"]
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
def flag: if blank then null else . == "是" end;
def value($how):
  if blank then null
  elif $how == "money" then amount_in
  elif $how == "date" then date_in
  elif $how == "number" then tonumber
  elif $how == "flag" then flag
  elif $how | isobject then word($how)
  else tostring end;
def field($name): if $name == null or (.[$name] | blank) then null else .[$name] | tostring end;
def facts($table): . as $row
  | $table | with_entries({ key: .key, value: (.value as $is | $row[$is[0]] | value($is[1])) }) | known;

services[$call.input.service] as $is
| {
    records: [.Body | entries("FWXX") | .[] | {
      reference: field($is.reference),
      title: field($is.title),
      licence: field($is.licence),
      state: (if $is.state == null then null else .[$is.state[0]] | value($is.state[1]) end),
      next: (if $is.next == null then null else $is.next[.[$is.state[0]] | tostring] end),
      facts: facts($is.facts)
    } | known],
    summary: (.Total // {} | facts($is.summary // {}))
  } | if .summary == {} then del(.summary) else . end
