# A booking in their form.
def known: with_entries(select(.value != null));
def names: {
  for_whom: "jzr",
  vaccine: "ymzl",
  worker_trade: "hylb",
};
def theirs: with_entries(.key = (names[.key] // .key));

{ ywlx: .service }
+ ({ yyh: .booking, hyid: .slot, yyr: (.person | { xm: .name, sfzh: .identity_number, lxdh: .phone_number, qymc: .company, tyshxydm: .credit_code } | known), sbxx: (.answers // {} | theirs) } | known)
