# Their records as ours, one rule for each service.
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

def record($service):
  # 案件进展查询
  if $service == "YZ16001" then {
    reference: .XH,
    title: .MC,
    state: (.ZT | coded({ "10": "filed", "20": "serving", "30": "scheduled", "40": "heard", "50": "decided", "60": "appealed" })),
    next: ({ "30": "YZ16013" }[.ZT | tostring]),
    facts: ({ matter: .AY, role: .DSR, judge: .CBFG, filed_on: (.LARQ | date_in), hearing: (.KTSJ | date_in), court_room: .FT, limit: (.SXQX | date_in) } | known),
  } | known
  # 开庭公告查询
  elif $service == "YZ16002" then {
    reference: .XH,
    title: .MC,
    facts: ({ matter: .AY, at: (.SJ | date_in), court_room: .FT, parties: .DSRM, seats: .PT } | known),
  } | known
  # 裁判文书查询
  elif $service == "YZ16003" then {
    reference: .XH,
    title: .MC,
    facts: ({ case_number: .AH, matter: .AY, document: .WS, decided: (.CPRQ | date_in), published: (.GKRQ | date_in), outcome: .CPJG } | known),
  } | known
  # 失信被执行人查询
  elif $service == "YZ16004" then {
    reference: .XH,
    title: .MC,
    state: (.ZT | coded({ "1": "listed", "2": "removed" })),
    facts: ({ case_number: .ZXAH, court: .ZXFY, conduct: .LXQK, published: (.FBRQ | date_in), unpaid: (.WLX | amount_in) } | known),
  } | known
  # 诉讼费缴纳状态查询
  elif $service == "YZ16005" then {
    reference: .XH,
    title: .MC,
    state: (.ZT | coded({ "0": "open", "1": "paid", "2": "refunded", "3": "waived" })),
    next: ({ "0": "YZ16009" }[.ZT | tostring]),
    due: (if .ZT == "0" then .XH else null end),
    facts: ({ case_number: .AH, matter: .AY, kind: .FYLX, amount: (.JE | amount_in), pay_by: (.JNQX | date_in), paid_on: (.JNSJ | date_in) } | known),
  } | known
  else error("a service that this backend does not know") end;

$call.input.service as $service
| { records: [.LIST | .[] | record($service)], total: .ZS } | known
