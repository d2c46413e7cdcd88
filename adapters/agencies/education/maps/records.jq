# Their records as ours, one rule for each service.
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

def record($service):
  # 教师资格证信息查询
  if $service == "YZ08009" then {
    reference: .bh,
    title: .mc,
    facts: ({ number: .zsh, kind: .zgzl, subject: .rjxk, issuer: .rdjg, issued: (.rdrq | date_in), registered: (.zczt | coded({ "1": "ok", "2": "due", "3": "paused", "0": "none" })), registered_until: (.zcdq | date_in) } | known),
  } | known
  # 普通话等级证书查询
  elif $service == "YZ08010" then {
    reference: .bh,
    title: .mc,
    facts: ({ number: .zsbh, grade: .dj, score: .fs, tested: (.csrq | date_in), centre: .csz } | known),
  } | known
  # 学区与招生地段查询
  elif $service == "YZ08011" then {
    reference: .bh,
    title: .mc,
    facts: ({ place: .xxdd, phone: .lxdh, way: .dkfs, seats: .zsrs, apply_from: (.bmrq | date_in) } | known),
  } | known
  # 义务教育入学报名进度查询
  elif $service == "YZ08012" then {
    reference: .bh,
    title: .mc,
    state: (.zt | coded({ "1": "submitted", "2": "checking", "3": "correct", "4": "passed", "5": "placed", "6": "refused" })),
    facts: ({ child: .etxm, school: .bmxx, assigned: .lqxx, submitted: (.tjsj | date_in), note: .bz } | known),
  } | known
  # 学籍信息查询
  elif $service == "YZ08013" then {
    reference: .bh,
    title: .mc,
    state: (.zt | coded({ "1": "enrolled", "2": "moving", "3": "left" })),
    next: ({ "1": "YZ08021" }[.zt | tostring]),
    facts: ({ child: .xsxm, roll_number: .xjh, school: .xxmc, class: .njbj, since: (.rxrq | date_in), change: .ydjl } | known),
  } | known
  else error("a service that this backend does not know") end;

$call.input.service as $service
| { records: [.body.list | .[] | record($service)], total: .body.zs } | known
