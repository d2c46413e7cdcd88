# Their records as ours, one rule for each service.
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

def record($service):
  # 公证办理进度查询
  if $service == "YZ15001" then {
    reference: .bh,
    title: .bt,
    state: (.zt | coded({ "1": "accepted", "2": "checking", "3": "pay", "4": "correct", "5": "issued", "6": "stopped" })),
    next: ({ "3": "YZ15012" }[.zt | tostring]),
    due: (if .zt == "3" then .bh else null end),
    facts: ({ kind: .gzlb, notary: .gzy, accepted: (.slrq | date_in), issued_on: (.czrq | date_in), fee: (.fy | amount_in), pickup: .lqfs } | known),
  } | known
  # 公证书真伪核验
  elif $service == "YZ15005" then {
    reference: .bh,
    title: .bt,
    state: (.zt | coded({ "1": "genuine", "2": "withdrawn" })),
    facts: ({ matter: .gzsx, applicant: .dsrm, issued: (.czrq | date_in), notary: .gzy, pages: .ys } | known),
  } | known
  else error("a service that this backend does not know") end;

$call.input.service as $service
| { records: [.list | .[] | record($service)], total: .zs } | known
