# A payment is reported.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
    jkid: .service,
    jdsbh: .reference,
    ddh: .order,
    zfls: .payment,
    zfjg: .provider,
    yjje: (.amount_fen | amount_out),
    jksj: (.paid | date_out)
} | known
