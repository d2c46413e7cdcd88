# Papers and answers that were asked for.
# What the backend calls the forms' fields.
def names: {
  "certificate": "BDCQZH",
  "buyer_share": "FE",
  "contract": "HTBH",
  "price": "CJJG",
  "loan": "SFDK",
  "receive_by": "LQFS",
  "deliver_to": "YJDZ",
  "handed_over": "JFRQ",
  "owners": "GYQK",
  "lender": "DYQR",
  "amount": "BDBZQE",
  "from": "ZWQS",
  "until": "ZWQZ",
  "cleared_on": "JQRQ",
  "item": "BGSX",
  "new_value": "BGH",
  "wrong": "CWNR",
  "right": "ZQNR",
  "reason": "YY",
  "declared": "YSSM",
  "kind": "YGZL",
  "agreed": "YDYG",
  "purpose": "YT",
  "resident": "JZQR",
  "part": "JZFW"
};
def written($key):
  if $key | . == "price" or . == "amount" then amount_out
  elif $key | . == "handed_over" or . == "from" or . == "until" or . == "cleared_on" then date_out
  elif . == true then "是" elif . == false then "否"
  elif isnumber then tostring
  else . end;
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
# Nothing is found where the answer says so, not where it is cut short.
def entries($name):
  if . == "" then []
  elif isobject then .[$name] | if . == null then error("the list is missing") else list end
  else error("the list is missing") end;

{
  Header: { ServiceId: .service, SerialNo: $call.id },
  Body: ({
    YWH: .reference,
    BZCS: (.round | tostring),
    SQXX: (.answers // {} | with_entries({ key: (names[.key] // .key), value: (.key as $key | .value | written($key)) }) | if . == {} then null else . end),
    CLXX: ([.files // [] | .[] | { CLMC: (.paper // .name), CLID: .id, WJM: .name, JYZ: .sha256 }] | if length == 0 then null else . end)
  } | known)
}
