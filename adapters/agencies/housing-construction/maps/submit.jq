# An application in their form.
def known: with_entries(select(.value != null));
def names: {
  lease_home: "zlfw",
  landlord: "czrxm",
  rent: "yzj",
  lease_from: "zlqs",
  lease_to: "zlz",
  estate: "xqmc",
  vote_room: "ybfh",
  vote_yes: "bjyj",
  constructor_number: "ejjzsh",
  cert_expires: "zsyxq",
  training: "xxqk",
  employer: "dwmc",
};
def theirs: with_entries(.key = (names[.key] // .key));

{
  head: { fwbm: .service },
  body: ({ sqbh: .case, sqr: (.person | { xm: .name, zjhm: .identity_number, sjh: .phone_number, dwmc: .company, xydm: .credit_code } | known), tjsj: (.submitted | date_out), bd: (.answers // {} | theirs), cl: (.files // [] | map({ wjbh: .id, wjm: .name, wjlx: .media_type, wjdx: .size, zy: .sha256 }) | if . == [] then null else . end) } | known),
}
