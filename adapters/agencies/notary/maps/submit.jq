# An application in their form.
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

{ fwbm: .service }
+ ({ wbh: .case, sqsj: (.submitted | date_to("yyyy-MM-dd HH:mm:ss")), fj: (.files // [] | map(.id) | if . == [] then null else . end) } | known)
+ (.person | { xm: .name, zjhm: .identity_number, dh: .phone_number, dwmc: .company, xydm: .credit_code } | known)
+ (.answers // {} | theirs)
