# Which appointments there are.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
    jym: .service,
    ksrq: (.from | date_out),
    jsrq: (.to | date_out),
    wddm: .place
} | known
