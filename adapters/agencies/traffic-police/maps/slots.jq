# Which appointments there are.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
    jkid: .service,
    ksrq: (.from | date_out),
    jsrq: (.to | date_out),
    cdbh: .place
} | known
