# Their records as ours, one rule for each service.
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

def record($service):
  # 地铁首末班车与客流查询
  if $service == "YZ13003" then {
    reference: .id,
    title: .title,
    state: (.status | coded({ "normal": "normal", "limited": "limited", "closed": "closed" })),
    facts: ({ first_train: (.firstTrain | date_in), last_train: (.lastTrain | date_in), toward: .toward, crowding: .crowding, interval: .interval, lift: .lift } | known),
  } | known
  else error("a service that this backend does not know") end;

$call.input.service as $service
| { records: [.data.items | .[] | record($service)], total: .data.total } | known
