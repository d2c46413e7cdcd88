# Which appointments are wanted.
def known: with_entries(select(.value != null));

{ FWBM: .service }
+ ({ KSRQ: (.from | date_out), JSRQ: (.to | date_out), DDBH: .place } | known)
