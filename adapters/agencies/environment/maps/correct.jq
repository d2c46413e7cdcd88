# What was corrected, in their form.
def known: with_entries(select(.value != null));
def names: {
  pollution_kind: "wtlx",
  where: "fsdd",
  when: "fssj",
  what: "sqnr",
  anonymous: "sfbm",
  noise_kind: "zslx2",
  biz_address: "jycs",
  biz_scope: "jyfw",
  licence_number: "zzbh",
  licence_expires: "zzyxq",
};
def theirs: with_entries(.key = (names[.key] // .key));

({ ywh: .reference, cs: .round, sbxx: (.answers // {} | theirs), fj: (.files // [] | map({ fid: .id, fname: .name, ftype: .media_type, fsize: .size, fhash: .sha256 }) | if . == [] then null else . end) } | known)
