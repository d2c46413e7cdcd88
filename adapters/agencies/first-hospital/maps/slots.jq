# Which appointments there are.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
    TradeCode: .service,
    BeginDate: (.from | date_out),
    EndDate: (.to | date_out),
    DeptCode: .place
} | known
