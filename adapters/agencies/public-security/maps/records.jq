# Their records as ours, one rule for each service.
def known: with_entries(select(.value != null));
def yes: if . == null then null else tostring == "1" end;

def record($service):
  # 派出所网点查询
  if $service == "YZ01007" then {
    reference: .XH,
    title: .MC,
    facts: ({ address: .DZ, phone: .DH, hours: .BGSJ, household: (.HJCK | yes), waiting: .DQPD } | known),
  } | known
  else error("a service that this backend does not know") end;

$call.input.service as $service
| { records: [.LIST | .[] | record($service)], total: .ZS } | known
