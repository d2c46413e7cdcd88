# A payment becomes a line of the next file.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
    fwdm: .service,
    zdbh: .reference,
    ddh: .order,
    zflsh: .payment,
    qd: .provider,
    jfje: (.amount_fen | amount_out),
    jfsj: (.paid | date_to("yyyy-MM-dd HH:mm:ss"))
} | known
