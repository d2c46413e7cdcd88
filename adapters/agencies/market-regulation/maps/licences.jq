# Their licences as ours.
def known: with_entries(select(.value != null));

{
  licences: [
    .ZZLB | .[]
    | {
        kind: .ZZLX,
        number: .ZZHM,
        status: (.ZT | word({ "Y": "valid", "Z": "suspended", "D": "frozen", "G": "expired", "X": "cancelled", "C": "revoked", "H": "renewal-pending", "S": "lost" })),
        issued: (.QFRQ | date_in),
        expires: (.YXQZ | date_in),
        checked: (.NBRQ | date_in),
        remarks: (.BZ | list | if . == [] then null else . end),
      }
    | known
  ],
}
