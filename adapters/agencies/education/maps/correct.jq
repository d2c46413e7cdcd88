# What was corrected, in their form.
def known: with_entries(select(.value != null));
def names: {
  child_name: "znxm",
  child_id: "znzjh",
  home_address: "zz",
  residence_kind: "jzzmlx",
  deed_number: "fczh",
  school: "xxmc",
  points: "jf",
  employer: "dwmc",
  school_now: "yxxmc",
  grade: "nj",
  reason: "sqyy",
  teach_stage: "zgzl",
  teach_subject: "rjxk",
  exam_number: "kszkh",
  delivery: "lqfs",
  post_to: "yjdz",
  teacher_number: "jszgzh",
  employed_school: "rzxx",
  training: "xxqk",
  fix_reason: "bhyy",
  study_school: "jdxx",
  year_income: "jtnsr",
  hardship: "knqx",
  loan_amount: "dkje",
  co_borrower: "gtjkr",
};
def theirs: with_entries(.key = (names[.key] // .key));

{
  head: {},
  body: ({ slbh: .reference, bzcs: .round, bd: (.answers // {} | theirs), cl: (.files // [] | map({ wjbh: .id, wjm: .name, wjlx: .media_type, wjdx: .size, zy: .sha256 }) | if . == [] then null else . end) } | known),
}
