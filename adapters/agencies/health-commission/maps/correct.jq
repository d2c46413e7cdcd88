# What was corrected, in their form.
def known: with_entries(select(.value != null));
def names: {
  spouse_name: "poxm",
  spouse_id: "pozjh",
  birth_order: "tc",
  pregnancy_weeks: "yz",
  nurse_number: "hszh",
  practice_place: "zydd",
  training: "xxqk",
  qual_number: "zgzh",
  practice_scope: "zyfw",
  old_clinic: "yjgmc",
  doctor_field: "kb",
  biz_name: "zhmc",
  hygiene_kind: "gclb",
  hygiene_area: "yyarea",
  biz_address: "jycs",
  licence_number: "zzbh",
  licence_expires: "zzyxq",
  clinic: "jgmc",
  doctor_team: "jyys",
  chronic_disease: "jbzl",
  appointment_number: "yyh",
  reason: "sqyy",
};
def theirs: with_entries(.key = (names[.key] // .key));

({ ywh: .reference, cs: .round, sbxx: (.answers // {} | theirs), fj: (.files // [] | map({ fid: .id, fname: .name, ftype: .media_type, fsize: .size, fhash: .sha256 }) | if . == [] then null else . end) } | known)
