# An application in their form.
def known: with_entries(select(.value != null));
def names: {
  exam_kind: "kslb",
  exam_site: "bkkd",
  study_school: "jdxx",
  exam_courses: "bkkc",
  exam_name: "ksmc",
  exam_year: "ksnf",
  recheck_subject: "fhkm",
  reason: "sqyy",
};
def theirs: with_entries(.key = (names[.key] // .key));

{
  head: { fwbm: .service },
  body: ({ sqbh: .case, sqr: (.person | { xm: .name, zjhm: .identity_number, sjh: .phone_number, dwmc: .company, xydm: .credit_code } | known), tjsj: (.submitted | date_out), bd: (.answers // {} | theirs), cl: (.files // [] | map({ wjbh: .id, wjm: .name, wjlx: .media_type, wjdx: .size, zy: .sha256 }) | if . == [] then null else . end) } | known),
}
