# Their records as ours, one rule for each service.
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

def record($service):
  # 空气质量实时查询
  if $service == "YZ19001" then {
    reference: .id,
    title: .bt,
    state: (.zt | coded({ "1": "good", "2": "fair", "3": "light", "4": "medium", "5": "heavy" })),
    facts: ({ index: .aqi, pm25: .pm25, pm10: .pm10, ozone: .o3, advice: .jy, updated: (.gxsj | date_in) } | known),
  } | known
  # 水环境质量查询
  elif $service == "YZ19002" then {
    reference: .id,
    title: .bt,
    state: (.zt | coded({ "1": "met", "2": "missed" })),
    facts: ({ class: .szlb, goal: .mblb, acidity: .ph, oxygen: .rjy, ammonia: .ad, sampled: (.cyrq | date_in) } | known),
  } | known
  # 环保举报进度查询
  elif $service == "YZ19003" then {
    reference: .id,
    title: .bt,
    state: (.zt | coded({ "1": "received", "2": "checking", "3": "rectifying", "4": "done", "5": "refused" })),
    facts: ({ at: (.jbsj | date_in), place: .wtdd, office: .cbdw, outcome: .jg } | known),
  } | known
  # 排污许可公开信息查询
  elif $service == "YZ19004" then {
    reference: .id,
    title: .bt,
    state: (.zt | coded({ "1": "valid", "2": "expiring", "3": "revoked" })),
    facts: ({ number: .xkzh, category: .gllb, trade: .hy, expires: (.yxqz | date_in), pollutants: .zywrw, report: .zxbg } | known),
  } | known
  else error("a service that this backend does not know") end;

$call.input.service as $service
| { records: [.rows | .[] | record($service)], total: .total } | known
