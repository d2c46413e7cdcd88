# Their records as ours, one rule for each service.
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

def record($service):
  # 招聘岗位查询
  if $service == "YZ05001" then {
    reference: .id,
    title: .bt,
    facts: ({ employer: .dwmc, place: .gzdd, pay_from: (.zdgz | amount_in), pay_to: (.zggz | amount_in), wanted: .zprs, schooling: .xlyq, phone: .lxdh, posted: (.fbrq | date_in) } | known),
  } | known
  # 就业创业证信息查询
  elif $service == "YZ05002" then {
    reference: .id,
    title: .bt,
    state: (.zt | coded({ "1": "valid", "2": "cancelled" })),
    facts: ({ number: .zh, issued: (.fzrq | date_in), issuer: .fzjg, work: (.jyzt | coded({ "1": "employed", "2": "unemployed", "3": "business" })), benefits: .zcxs } | known),
  } | known
  # 失业登记信息查询
  elif $service == "YZ05003" then {
    reference: .id,
    title: .bt,
    state: (.zt | coded({ "1": "registered", "2": "ended" })),
    next: ({ "1": "YZ05013" }[.zt | tostring]),
    facts: ({ since: (.djrq | date_in), until: (.zxrq | date_in), reason: .syyy, employer: .ysdw, office: .djjg } | known),
  } | known
  # 人事档案保管状态查询
  elif $service == "YZ05007" then {
    reference: .id,
    title: .bt,
    state: (.zt | coded({ "1": "kept", "2": "moving", "3": "incomplete" })),
    next: ({ "1": "YZ05017" }[.zt | tostring]),
    facts: ({ file_number: .dabh, since: (.rkrq | date_in), from: .ldw, missing: .qcl, place: .bgdd } | known),
  } | known
  else error("a service that this backend does not know") end;

$call.input.service as $service
| { records: [.rows | .[] | record($service)], total: .total } | known
