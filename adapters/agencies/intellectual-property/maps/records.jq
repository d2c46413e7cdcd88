# Their records as ours, one rule for each service.
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

def record($service):
  # 商标专利检索
  if $service == "YZ22007" then {
    reference: .id,
    title: .title,
    state: (.status | coded({ "registered": "registered", "pending-exam": "pending-exam", "lapsed": "lapsed" })),
    facts: ({ application: .application, goods: .goods, applicant: .applicant, filed: (.filed | date_in), until: (.until | date_in) } | known),
  } | known
  else error("a service that this backend does not know") end;

$call.input.service as $service
| { records: [.data.items | .[] | record($service)], total: .data.total } | known
