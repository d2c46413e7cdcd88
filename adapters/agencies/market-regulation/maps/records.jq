# Their records as ours, one rule for each service.
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

def record($service):
  # 企业登记信息查询
  if $service == "YZ22001" then {
    reference: .XH,
    title: .MC,
    state: (.ZT | coded({ "1": "open", "2": "abnormal", "3": "cancelled", "4": "revoked" })),
    facts: ({ code: .XYDM, represented_by: .FDDBR, capital: (.ZCZB | amount_in), since: (.CLRQ | date_in), address: .ZS, scope: .JYFW, office: .DJJG } | known),
  } | known
  # 营业执照办理进度查询
  elif $service == "YZ22002" then {
    reference: .XH,
    title: .MC,
    state: (.ZT | coded({ "1": "submitted", "2": "checking", "3": "correct", "4": "approved", "5": "done" })),
    facts: ({ business: .ZTMC, kind: .YWLX, submitted: (.TJSJ | date_in), approved_on: (.HZRQ | date_in), pickup: .LQFS, note: .BZ } | known),
  } | known
  # 食品抽检结果查询
  elif $service == "YZ22003" then {
    reference: .XH,
    title: .MC,
    state: (.ZT | coded({ "1": "passed", "2": "failed" })),
    facts: ({ shop: .BCYDW, maker: .SCQY, size: .GG, fault: .BHGX, sampled: (.CJRQ | date_in), action: .CZQK } | known),
  } | known
  # 产品追溯查询
  elif $service == "YZ22004" then {
    reference: .XH,
    title: .MC,
    facts: ({ step: .HJ, company: .DW, at: (.SJ | date_in), place: .DD, test: .JYJG, batch: .PH } | known),
  } | known
  # 特种设备作业人员证查询
  elif $service == "YZ22005" then {
    reference: .XH,
    title: .MC,
    state: (.ZT | coded({ "1": "valid", "2": "review", "3": "expired", "4": "revoked" })),
    next: ({ "2": "YZ22018" }[.ZT | tostring]),
    facts: ({ number: .ZSBH, item: .ZYXM, item_code: .XMDM, issued: (.PZRQ | date_in), expires: (.YXQZ | date_in), issuer: .FZJG } | known),
  } | known
  # 消费投诉进度查询
  elif $service == "YZ22006" then {
    reference: .XH,
    title: .MC,
    state: (.ZT | coded({ "1": "received", "2": "taken", "3": "mediating", "4": "settled", "5": "failed", "6": "refused" })),
    facts: ({ against: .BTSF, at: (.TSSJ | date_in), take_by: (.SLQX | date_in), limit: (.TJQX | date_in), refunded: (.CLJE | amount_in), outcome: .JG } | known),
  } | known
  else error("a service that this backend does not know") end;

$call.input.service as $service
| { records: [.LIST | .[] | record($service)], total: .ZS } | known
