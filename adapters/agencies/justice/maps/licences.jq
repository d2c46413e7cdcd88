# Their licences as ours.
def known: with_entries(select(.value != null));

{
  licences: [
    .body.zzlb | .[]
    | {
        kind: .zzlx,
        number: .zzhm,
        status: (.zt | word({ "1": "valid", "2": "suspended", "3": "frozen", "4": "expired", "5": "cancelled", "6": "revoked", "7": "renewal-pending", "8": "lost" })),
        issued: (.qfrq | date_in),
        expires: (.yxqz | date_in),
        checked: (.ndkhrq | date_in),
        remarks: (.bz | list | if . == [] then null else . end),
      }
    | known
  ],
}
