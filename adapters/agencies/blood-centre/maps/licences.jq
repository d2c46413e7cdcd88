# Their licences as ours.
def known: with_entries(select(.value != null));

{
  licences: [
    .zzlb | .[]
    | {
        kind: .zzlx,
        number: .zzhm,
        status: (.zt | word({ "有效": "valid", "暂停": "suspended", "冻结": "frozen", "过期": "expired", "注销": "cancelled", "吊销": "revoked", "换证中": "renewal-pending", "挂失": "lost" })),
        issued: (.fzrq | date_in),
        expires: (.yxqz | date_in),
        next: (.zcxxrq | date_in),
        remarks: (.bz | list | if . == [] then null else . end),
      }
    | known
  ],
}
