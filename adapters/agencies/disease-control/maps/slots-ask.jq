# Which appointments are wanted.
def known: with_entries(select(.value != null));

{ ywlx: .service }
+ ({ ksrq: (.from | date_out), jsrq: (.to | date_out), ddid: .place } | known)
