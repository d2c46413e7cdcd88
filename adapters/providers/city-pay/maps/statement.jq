# A day's statement, line by line.
def known: with_entries(select(.value != null));

{
  closed: .closed,
  lines: [
    .entries | .[]
    | {
        order: .outTradeNo,
        refund: .outRefundNo,
        payment: .tradeNo,
        amount_fen: .fen,
        at: .time,
      }
    | known
  ],
}
