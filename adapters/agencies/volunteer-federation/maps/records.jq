# Their records as ours, one rule for each service.
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

def record($service):
  # 志愿服务时长查询
  if $service == "YZ25004" then {
    reference: .id,
    title: .title,
    state: (.status | coded({ "credited": "credited", "checking": "checking", "refused": "refused" })),
    facts: ({ day: (.day | date_in), organiser: .organiser, place: .place, hours: .hours } | known),
  } | known
  else error("a service that this backend does not know") end;

def summary($service):
  if $service == "YZ25004" then (.data.summary // {} | { total_hours: .totalHours, stars: .stars, volunteer_number: .volunteerNumber } | known)
  else null end;

$call.input.service as $service
| { records: [.data.items | .[] | record($service)], summary: summary($service), total: .data.total } | known
