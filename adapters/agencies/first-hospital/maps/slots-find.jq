# How a booking stands.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
    TradeCode: .service,
    OrderNo: .booking
} | known
