# Their records as ours, one rule for each service.
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

def record($service):
  # 律师与律所信息查询
  if $service == "YZ15002" then {
    reference: .bh,
    title: .mc,
    state: (.zt | coded({ "1": "practising", "2": "suspended", "3": "cancelled" })),
    facts: ({ number: .zyzh, firm: .zyjg, category: .zylb, since: (.czrq | date_in), phone: .lxdh, review: .ndkh } | known),
  } | known
  # 法律法规查询
  elif $service == "YZ15004" then {
    reference: .bh,
    title: .mc,
    state: (.zt | coded({ "1": "effective", "2": "amended", "3": "repealed" })),
    facts: ({ made_by: .zdjg, published: (.fbrq | date_in), since: (.sxrq | date_in), document_number: .wh, articles: .ts } | known),
  } | known
  else error("a service that this backend does not know") end;

$call.input.service as $service
| { records: [.body.list | .[] | record($service)], total: .body.zs } | known
