# A payment is reported.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
    TradeCode: .service,
    BillNo: .reference,
    PayOrderNo: .order,
    PayTradeNo: .payment,
    PayChannel: .provider,
    SelfFee: (.amount_fen | amount_out),
    PayTime: (.paid | date_out)
} | known
