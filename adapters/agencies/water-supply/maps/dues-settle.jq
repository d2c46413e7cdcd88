# A payment is reported.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
    fwdm: .service,
    zdbh: .reference,
    ddh: .order,
    zflsh: .payment,
    zfqd: .provider,
    yjje: (.amount_fen | amount_out),
    zfsj: (.paid | date_to("yyyy-MM-dd HH:mm:ss"))
} | known
