# What was corrected, in their form.
def known: with_entries(select(.value != null));
def names: {
  household_size: "jtrk",
  income: "jtysr",
  hardship: "knqx",
  bank_name: "khyh",
  bank_account: "yhzh2",
  delivery: "lqfs",
  post_to: "yjdz",
  care_need: "zlqk",
  what: "sqnr",
  elder_name: "lrxm",
  elder_id: "lrzjh",
  home_address: "zz",
  caring_address: "fwdz",
  child_name: "znxm",
  child_id: "znzjh",
  orphan_paper: "gelx",
  guardian_name: "jhrxm",
  adopt_reason: "syyy",
  adopted_from: "sywt",
};
def theirs: with_entries(.key = (names[.key] // .key));

{
  head: {},
  body: ({ slbh: .reference, bzcs: .round, bd: (.answers // {} | theirs), cl: (.files // [] | map({ wjbh: .id, wjm: .name, wjlx: .media_type, wjdx: .size, zy: .sha256 }) | if . == [] then null else . end) } | known),
}
