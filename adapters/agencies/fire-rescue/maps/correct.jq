# What was corrected, in their form.
def known: with_entries(select(.value != null));
def names: {
  hazard_kind: "yhlb",
  where: "fsdd",
  what: "sqnr",
  anonymous: "sfbm",
  delivery: "lqfs",
  post_to: "yjdz",
  biz_name: "zhmc",
  biz_address: "jycs",
  use_of_site: "cssj",
  floors: "szlc",
  floor_area: "jzmj",
  opening_day: "nkyrq",
};
def theirs: with_entries(.key = (names[.key] // .key));

({ ywh: .reference, cs: .round, sbxx: (.answers // {} | theirs), fj: (.files // [] | map({ fid: .id, fname: .name, ftype: .media_type, fsize: .size, fhash: .sha256 }) | if . == [] then null else . end) } | known)
