# Their records as ours, one rule for each service.
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

def record($service):
  # 商品房预售许可查询
  if $service == "YZ10003" then {
    reference: .bh,
    title: .mc,
    state: (.zt | coded({ "1": "selling", "2": "sold", "3": "frozen" })),
    facts: ({ number: .xkzh, developer: .kfs, blocks: .ldh, address: .xmdz, homes: .zts, left: .syts, escrow: .jgzh, issued: (.fzrq | date_in) } | known),
  } | known
  # 商品房备案合同查询
  elif $service == "YZ10004" then {
    reference: .bh,
    title: .mc,
    state: (.zt | coded({ "1": "recorded", "2": "checking", "3": "cancelled" })),
    facts: ({ home: .fwzl, area: .jzmj, price: (.htje | amount_in), recorded_on: (.barq | date_in), escrow: (.jgye | amount_in), hand_over: (.yjjf | date_in) } | known),
  } | known
  # 房屋租赁备案查询
  elif $service == "YZ10005" then {
    reference: .bh,
    title: .mc,
    state: (.zt | coded({ "1": "valid", "2": "expiring", "3": "ended" })),
    next: ({ "2": "YZ10011", "3": "YZ10011" }[.zt | tostring]),
    facts: ({ home: .zlfw, role: .czr, since: (.qsrq | date_in), until: (.zzrq | date_in), rent: (.yzj | amount_in), proof: .bazm } | known),
  } | known
  # 物业维修资金查询
  elif $service == "YZ10006" then {
    reference: .bh,
    title: .mc,
    facts: ({ day: (.rq | date_in), purpose: .sy, amount_in: (.srje | amount_in), amount_out: (.zcje | amount_in), balance: (.syye | amount_in) } | known),
  } | known
  else error("a service that this backend does not know") end;

def summary($service):
  if $service == "YZ10006" then (.body.hz // {} | { home: .fwzl, current: (.dqye | amount_in), estate: (.xqye | amount_in) } | known)
  else null end;

$call.input.service as $service
| { records: [.body.list | .[] | record($service)], summary: summary($service), total: .body.zs } | known
