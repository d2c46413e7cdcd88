# The applicant takes the application back.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
    TradeCode: .service,
    ApplyNo: .reference,
    Reason: .reason
} | known
