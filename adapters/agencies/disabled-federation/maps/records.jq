# What each service's answer holds: our name, the backend's, and how it writes the value.
def services: {
  "YZ24001": {
    "title": "zmc",
    "licence": "zh",
    "state": ["zt", { "1": "valid", "2": "expiring", "3": "frozen", "9": "cancelled" }],
    "next": { "2": "YZ24006", "3": "YZ24009" },
    "facts": {
      "number": ["zh", "reference"],
      "kind": ["lb", "text"],
      "grade": ["dj", "text"],
      "issued": ["fzrq", "date"],
      "until": ["yxqz", "date"],
      "guardian": ["jhr", "text"]
    }
  },
  "YZ24002": {
    "reference": "ffbh",
    "title": "btmc",
    "state": ["zt", { "1": "paid", "0": "planned", "2": "returned", "3": "stopped" }],
    "facts": {
      "month": ["ffny", "month"],
      "amount": ["je", "money"],
      "paid": ["ffrq", "date"],
      "account": ["zh", "text"],
      "note": ["sm", "text"]
    }
  },
  "YZ24003": {
    "reference": "qjbh",
    "title": "qjmc",
    "facts": {
      "model": ["gg", "text"],
      "subsidy": ["bzbl", "text"],
      "most": ["zgbt", "money"],
      "years": ["synx", "number"],
      "who": ["sydx", "text"],
      "where": ["fwjg", "text"]
    }
  },
  "YZ24004": {
    "reference": "yybh",
    "title": "yymc",
    "facts": {
      "days": ["czsj", "text"],
      "place": ["dd", "text"],
      "phone": ["dh", "reference"],
      "bring": ["dcl", "text"],
      "fee": ["fy", "text"]
    }
  }
};

# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def month: if blank then null else .[0:4] + "-" + .[4:6] end;
def value($how):
  if blank then null
  elif $how == "money" then amount_in
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
      licence: field($is.licence),
      state: (if $is.state == null then null else .[$is.state[0]] | value($is.state[1]) end),
      next: (if $is.next == null then null else $is.next[.[$is.state[0]] | tostring] end),
      facts: facts($is.facts)
    } | known],
    as_of: .since
  }
