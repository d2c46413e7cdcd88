# What each service's answer holds: our name, the backend's, and how it writes the value.
def services: {
  "YZ07003": {
    "reference": "RegId",
    "title": "DeptName",
    "state": ["QueueStatus", { "0": "expected", "1": "waiting", "2": "called", "3": "missed", "4": "done" }],
    "facts": {
      "doctor": ["DoctorName", "text"],
      "room": ["RoomName", "text"],
      "number": ["QueueNo", "reference"],
      "ahead": ["AheadCount", "number"],
      "wait": ["WaitMinutes", "number"],
      "at": ["UpdateTime", "time"]
    }
  },
  "YZ07004": {
    "title": "ItemName",
    "facts": {
      "kind": ["FeeType", "text"],
      "quantity": ["Quantity", "number"],
      "price": ["Price", "money"],
      "amount": ["Amount", "money"],
      "self": ["SelfRatio", "text"]
    },
    "summary": { "day": ["DayTotal", "money"], "total": ["FeeTotal", "money"], "deposit": ["Deposit", "money"], "left": ["Balance", "money"] }
  },
  "YZ07005": {
    "reference": "InvoiceNo",
    "title": "ItemSummary",
    "state": ["PayStatus", { "1": "paid", "2": "refunded", "3": "partly" }],
    "facts": {
      "at": ["PayTime", "time"],
      "department": ["DeptName", "text"],
      "total": ["TotalFee", "money"],
      "insured": ["InsuranceFee", "money"],
      "self": ["SelfFee", "money"],
      "receipt": ["InvoiceNo", "reference"]
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
  elif $how == "money" then amount_in
  elif $how == "time" then date_in
  elif $how == "number" then tonumber
  elif $how | isobject then word($how)
  else tostring end;
def field($name): if $name == null or (.[$name] | blank) then null else .[$name] | tostring end;
def facts($table): . as $row
  | $table | with_entries({ key: .key, value: (.value as $is | $row[$is[0]] | value($is[1])) }) | known;

services[$call.input.service] as $is
| {
    records: [.Data | entries("Item") | .[] | {
      reference: field($is.reference),
      title: field($is.title),
      state: (if $is.state == null then null else .[$is.state[0]] | value($is.state[1]) end),
      facts: facts($is.facts)
    } | known],
    summary: (.Total // {} | facts($is.summary // {}))
  } | if .summary == {} then del(.summary) else . end
