# Which appointments are wanted.
def known: with_entries(select(.value != null));

{ serviceCode: .service }
+ ({ from: (.from | date_out), to: (.to | date_out), placeId: .place } | known)
