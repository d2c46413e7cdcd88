# Their records as ours, one rule for each service.
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

def record($service):
  # 高考成绩查询
  if $service == "YZ08001" then {
    reference: .bh,
    title: .mc,
    facts: ({ score: .cj, out_of: .mf, grade: .dj } | known),
  } | known
  # 高考座位信息查询
  elif $service == "YZ08002" then {
    reference: .bh,
    title: .mc,
    facts: ({ begins: (.kssj | date_in), site: .kd, address: .dz, room: .kch, seat: .zwh, enter_by: (.jcsj | date_in) } | known),
  } | known
  # 高考录取信息查询
  elif $service == "YZ08003" then {
    reference: .bh,
    title: .mc,
    state: (.zt | coded({ "1": "filed", "2": "reading", "3": "admitted", "4": "returned" })),
    facts: ({ batch: .pc, university: .yxmc, subject: .zymc, admitted_on: (.lqsj | date_in), parcel: .tzsdh } | known),
  } | known
  # 自学考试成绩查询
  elif $service == "YZ08004" then {
    reference: .bh,
    title: .mc,
    state: (.zt | coded({ "1": "passed", "2": "failed", "3": "absent" })),
    next: ({ "2": "YZ08015", "3": "YZ08015" }[.zt | tostring]),
    facts: ({ course_code: .kcdm, score: .cj, month: .kssj, credits: .xf } | known),
  } | known
  # 英语四六级成绩查询
  elif $service == "YZ08005" then {
    reference: .bh,
    title: .mc,
    facts: ({ candidate: .zkzh, month: .kssj, total: .zf, listening: .tl, reading: .yd, writing: .xzfy } | known),
  } | known
  # 中考成绩查询
  elif $service == "YZ08006" then {
    reference: .bh,
    title: .mc,
    facts: ({ score: .cj, out_of: .mf } | known),
  } | known
  # 中考录取查询
  elif $service == "YZ08007" then {
    reference: .bh,
    title: .mc,
    state: (.zt | coded({ "1": "admitted", "2": "waiting", "3": "none" })),
    facts: ({ batch: .lqpc, school: .lqxx, place_kind: .lqzy, report_on: (.bdrq | date_in), report_at: .bddd } | known),
  } | known
  # 学业水平考试成绩查询
  elif $service == "YZ08008" then {
    reference: .bh,
    title: .mc,
    state: (.zt | coded({ "1": "passed", "2": "failed" })),
    facts: ({ grade: .dj, kind: .kslx, month: .kssj, score: .fs } | known),
  } | known
  else error("a service that this backend does not know") end;

def summary($service):
  if $service == "YZ08001" then (.body.hz // {} | { total: .zf, rank: .qspw, published: (.gbsj | date_in) } | known)
  elif $service == "YZ08004" then (.body.hz // {} | { passed_courses: .hgms } | known)
  elif $service == "YZ08006" then (.body.hz // {} | { total: .zf, rank_band: .dw } | known)
  else null end;

$call.input.service as $service
| { records: [.body.list | .[] | record($service)], summary: summary($service), total: .body.zs } | known
