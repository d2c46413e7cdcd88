# How a due stands.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
    TradeCode: .service,
    BillNo: .reference,
    PayOrderNo: .order
} | known
