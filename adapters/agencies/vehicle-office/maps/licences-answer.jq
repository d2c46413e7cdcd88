# The licences that the office issued to a person, ended ones included.
def known: with_entries(select(.value != null));
def day: date_in | if . == null then null else .[0:10] end;
# Nothing is found where the answer says so, not where it is cut short.
def entries($name):
  if . == "" then []
  elif isobject then .[$name] | if . == null then error("the list is missing") else list end
  else error("the list is missing") end;

{
  licences: [.body | entries("zz") | .[] | {
    kind: ({ JSZ: "L04", XSZ: "L05", JYBZ: "L52" }[.zzlx]),
    number: .zzhm,
    status: (.zt | word({ "A": "valid", "B": "suspended", "C": "suspended", "D": "lost", "E": "cancelled", "F": "revoked", "G": "expired", "H": "renewal-pending" })),
    issued: (.fzrq | day),
    expires: (.yxqz | day),
    checked: (.jyrq | day),
    remarks: (.bz | list | if length == 0 then null else . end)
  } | known]
}
