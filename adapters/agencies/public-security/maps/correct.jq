# What was corrected, in their form.
def known: with_entries(select(.value != null));
def names: {
  dog_name: "CWMC",
  dog_breed: "QZ",
  dog_chip: "XPBH",
  dog_vaccine: "YMRQ",
  home_address: "ZZ",
  exam_number: "KSZKH",
};
def theirs: with_entries(.key = (names[.key] // .key));

({ SLBH: .reference, BZCS: .round, BD: (.answers // {} | theirs), CL: (.files // [] | map({ FID: .id, FNAME: .name, FTYPE: .media_type, FSIZE: .size, FHASH: .sha256 }) | if . == [] then null else . end) } | known)
