# An application in their form.
def known: with_entries(select(.value != null));
def names: {
  river_name: "hlmc",
  river_problem: "wtlx",
  where: "fsdd",
  what: "sqnr",
};
def theirs: with_entries(.key = (names[.key] // .key));

{ ywlx: .service }
+ ({ wbh: .case, sqr: (.person | { xm: .name, sfzh: .identity_number, lxdh: .phone_number, qymc: .company, tyshxydm: .credit_code } | known), sqsj: (.submitted | date_out), sbxx: (.answers // {} | theirs), fj: (.files // [] | map({ fid: .id, fname: .name, ftype: .media_type, fsize: .size, fhash: .sha256 }) | if . == [] then null else . end) } | known)
