# Papers and answers that were asked for.
# What the backend calls the forms' fields.
def names: {
  "reason": "sqyy",
  "medical": "tjzm",
  "declared": "sbqk",
  "receive_by": "lqfs",
  "deliver_to": "yjdz",
  "lost_on": "ysrq",
  "statement": "yssm",
  "not_held": "kyqk",
  "new_address": "lxdz",
  "since": "bgrq",
  "cause": "yqyy",
  "put_off_until": "yqz",
  "study": "xxjl",
  "understood": "qrzx",
  "class": "zjcx",
  "school": "jxmc",
  "plate": "hphm",
  "plate_type": "hpzl",
  "insurance": "bxpdh",
  "no_change": "wgz",
  "invoice": "fphm",
  "delivered": "jfrq",
  "keep_number": "blhp",
  "new_plate": "hphq",
  "action": "dycz",
  "lender": "dyqr",
  "contract": "htbh",
  "item": "bgsx",
  "new_value": "bgnr",
  "vehicle_id": "clsbdh",
  "use": "lsyt",
  "way": "xhfs",
  "wish": "zbxh"
};
def written($key):
  if $key | . == "lost_on" or . == "since" or . == "put_off_until" or . == "delivered" then date_out
  elif . == true then "1" elif . == false then "0"
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
  head: { jkid: .service, qqlsh: $call.id, qqsj: ($call.time | date_out) },
  body: ({
    lsh: .reference,
    cs: (.round | tostring),
    sqxx: (.answers // {} | with_entries({ key: (names[.key] // .key), value: (.key as $key | .value | written($key)) }) | if . == {} then null else . end),
    dzcl: ([.files // [] | .[] | { clmc: (.paper // .name), clbh: .id, wjm: .name, jym: .sha256 }] | if length == 0 then null else . end)
  } | known)
}
