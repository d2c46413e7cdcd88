# An application in their form.
def known: with_entries(select(.value != null));
def names: {
  who: "bfyr",
  what: "sqnr",
  wish: "sqyq",
  where: "fsdd",
  decision_of: "zcjg",
  decision_no: "xzjds",
  decision_day: "sdrq",
  facts: "sslysy",
  law_school: "fxxl",
  internship: "sxjg",
  firm_name: "lsmc",
  training: "xxqk",
  exam_number: "kszkh",
  diploma_school: "byyx",
  diploma_year: "bynf",
  exam_site: "bkkd",
};
def theirs: with_entries(.key = (names[.key] // .key));

{
  head: { fwbm: .service },
  body: ({ sqbh: .case, sqr: (.person | { xm: .name, zjhm: .identity_number, sjh: .phone_number, dwmc: .company, xydm: .credit_code } | known), tjsj: (.submitted | date_out), bd: (.answers // {} | theirs), cl: (.files // [] | map({ wjbh: .id, wjm: .name, wjlx: .media_type, wjdx: .size, zy: .sha256 }) | if . == [] then null else . end) } | known),
}
