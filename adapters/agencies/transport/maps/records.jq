# Their records as ours, one rule for each service.
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;
def yes: if . == null then null else tostring == "1" end;

def record($service):
  # 汽车客运班次查询
  if $service == "YZ13006" then {
    reference: .XH,
    title: .MC,
    state: (.ZT | coded({ "1": "selling", "2": "full", "3": "stopped" })),
    next: ({ "1": "YZ13018" }[.ZT | tostring]),
    facts: ({ at: (.FCSJ | date_in), arrives_at: .DZ, fare: (.PJ | amount_in), left: .YP, length: .LC, vehicle: .CX } | known),
  } | known
  # 小客车指标摇号结果查询
  elif $service == "YZ13007" then {
    reference: .XH,
    title: .MC,
    state: (.ZT | coded({ "1": "pool", "2": "won", "3": "lost", "4": "failed", "5": "used" })),
    next: ({ "4": "YZ13013" }[.ZT | tostring]),
    facts: ({ application: .SQBM, kind: .ZBLX, draw: .QH, result_on: (.JSJG | date_in), expires: (.YXQZ | date_in), odds: .ZQL } | known),
  } | known
  # 道路运输从业资格证查询
  elif $service == "YZ13008" then {
    reference: .XH,
    title: .MC,
    state: (.ZT | coded({ "1": "valid", "2": "expiring", "3": "expired", "4": "cancelled" })),
    next: ({ "2": "YZ13021" }[.ZT | tostring]),
    facts: ({ number: .CYZH, category: .CYLB, first_issued: (.CLRQ | date_in), expires: (.YXQZ | date_in), points: .JFQK, training: .JXJY } | known),
  } | known
  # 网约车驾驶员证查询
  elif $service == "YZ13009" then {
    reference: .XH,
    title: .MC,
    state: (.ZT | coded({ "1": "valid", "2": "expiring", "3": "expired", "4": "revoked" })),
    next: ({ "2": "YZ13024" }[.ZT | tostring]),
    facts: ({ number: .ZH, issued: (.FZRQ | date_in), expires: (.YXQZ | date_in), platforms: .PTMC, rating: .FWZL } | known),
  } | known
  # 营运车辆信息查询
  elif $service == "YZ13010" then {
    reference: .XH,
    title: .MC,
    state: (.ZT | coded({ "1": "working", "2": "due", "3": "suspended" })),
    next: ({ "2": "YZ13026" }[.ZT | tostring]),
    facts: ({ permit: .YSZ, vehicle: .CLLX, scope: .JYFW, reviewed: (.NSRQ | date_in), next_review: (.XCNS | date_in), grade: .JSDJ } | known),
  } | known
  # 停车场空位查询
  elif $service == "YZ13011" then {
    reference: .XH,
    title: .MC,
    state: (.ZT | coded({ "1": "free", "2": "few", "3": "full" })),
    facts: ({ address: .DZ, left: .KXCW, total: .ZCW, accessible: .WZACW, price: .SFBZ, charging: (.CDZ | yes) } | known),
  } | known
  else error("a service that this backend does not know") end;

$call.input.service as $service
| { records: [.LIST | .[] | record($service)], total: .ZS } | known
