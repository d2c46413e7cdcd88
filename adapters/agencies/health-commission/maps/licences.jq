# Their licences as ours.
def known: with_entries(select(.value != null));

{
  licences: [
    .zzlb | .[]
    | {
        kind: .zzlx,
        number: .zzhm,
        status: (.zt | word({ "00": "valid", "01": "suspended", "02": "frozen", "03": "expired", "04": "cancelled", "05": "revoked", "06": "renewal-pending", "07": "lost" })),
        issued: (.fzrq | date_in),
        expires: (.yxqz | date_in),
        checked: (.dqkhrq | date_in),
        remarks: (.bz | list | if . == [] then null else . end),
      }
    | known
  ],
}
