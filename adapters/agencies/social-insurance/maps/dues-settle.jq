# A payment is reported.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
    jym: .service,
    hdbh: .reference,
    ddh: .order,
    jylsh: .payment,
    qdmc: .provider,
    yjje: (.amount_fen | amount_out),
    jfsj: (.paid | date_to("yyyyMMddHHmmss"))
} | known
