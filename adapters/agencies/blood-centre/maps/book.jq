# A booking in their form.
def known: with_entries(select(.value != null));
def names: {
  blood_kind: "xxlx",
};
def theirs: with_entries(.key = (names[.key] // .key));

{ fwbm: .service }
+ ({ yyh: .booking, hyid: .slot } | known)
+ (.person | { xm: .name, zjhm: .identity_number, dh: .phone_number, dwmc: .company, xydm: .credit_code } | known)
+ (.answers // {} | theirs)
