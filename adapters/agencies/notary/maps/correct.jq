# What was corrected, in their form.
def known: with_entries(select(.value != null));
def names: {
  diploma_school: "byyx",
  diploma_year: "bynf",
  use_in: "sydq",
  deed_language: "gzywz",
  deed_copies: "gzsfs",
  delivery: "lqfs",
  post_to: "yjdz",
  birth_hospital: "csyy",
  entrusted_to: "strxm",
  entrusted_id: "strzjh",
  entrusted_matter: "wtsx",
};
def theirs: with_entries(.key = (names[.key] // .key));

({ ywh: .reference, cs: .round, fj: (.files // [] | map(.id) | if . == [] then null else . end) } | known)
+ (.answers // {} | theirs)
