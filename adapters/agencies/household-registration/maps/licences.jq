# Their licences as ours.
def known: with_entries(select(.value != null));

# 0000 成功，E429 繁忙，其余为拒绝
if .head.code == "E429" then busy
elif .head.code != "0000" then refused(.head.code)
else
  {
    licences: [
      .body.zzlb | .[]
      | {
          kind: .zzlx,
          number: .zzhm,
          status: (.zt | word({ "1": "valid", "2": "suspended", "3": "frozen", "4": "expired", "5": "cancelled", "6": "revoked", "7": "renewal-pending", "8": "lost" })),
          issued: (.qfrq | date_in),
          expires: (.yxqz | date_in),
          remarks: (.bz | list | if . == [] then null else . end),
        }
      | known
    ],
  }
end
