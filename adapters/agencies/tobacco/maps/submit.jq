# An application in their form.
def known: with_entries(select(.value != null));
def names: {
  licence_number: "zzbh",
  licence_expires: "zzyxq",
  biz_address: "jycs",
};
def theirs: with_entries(if .key == "licence_expires" then .value |= date_out else . end | .key = (names[.key] // .key));

{ fwbm: .service }
+ ({ wbh: .case, sqsj: (.submitted | date_to("yyyy-MM-dd HH:mm:ss")), fj: (.files // [] | map(.id) | if . == [] then null else . end) } | known)
+ (.person | { xm: .name, zjhm: .identity_number, dh: .phone_number, dwmc: .company, xydm: .credit_code } | known)
+ (.answers // {} | theirs)
