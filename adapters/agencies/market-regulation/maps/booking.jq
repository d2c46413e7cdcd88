# How a booking stands.
def known: with_entries(select(.value != null));

.
| {
    status: (.YYZT | word({ "锁定": "held", "成功": "confirmed", "已满": "full", "受限": "barred", "取消": "cancelled", "停诊": "stopped", "已到": "kept", "爽约": "missed", "无": "not-found" })),
    reference: .SLBH,
    ticket: .PZH,
  }
| known
