# Their records as ours, one rule for each service.
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

def record($service):
  # 医疗机构与医师执业信息查询
  if $service == "YZ07007" then {
    reference: .id,
    title: .bt,
    state: (.zt | coded({ "1": "registered", "2": "suspended", "3": "cancelled" })),
    facts: ({ number: .zsbh, scope: .zlkm, place: .zydd, expires: (.yxqz | date_in), level: .xydj } | known),
  } | known
  else error("a service that this backend does not know") end;

$call.input.service as $service
| { records: [.rows | .[] | record($service)], total: .total } | known
