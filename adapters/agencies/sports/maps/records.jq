# Their records as ours, one rule for each service.
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

def record($service):
  # 体育场馆余位查询
  if $service == "YZ20004" then {
    reference: .id,
    title: .title,
    state: (.status | coded({ "free": "free", "full": "full", "closed": "closed" })),
    next: ({ "free": "YZ20011" }[.status | tostring]),
    facts: ({ address: .address, times: .times, left: .left, price: (.price | amount_in), phone: .phone } | known),
  } | known
  else error("a service that this backend does not know") end;

$call.input.service as $service
| { records: [.data.items | .[] | record($service)], total: .data.total } | known
