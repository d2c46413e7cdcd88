# What was corrected, in their form.
def known: with_entries(select(.value != null));
def names: {
  work_from: "jyrq2",
  job_kind: "jylx",
  employer: "dwmc",
  unemployed_since: "syrq",
  unemployed_reason: "syyy2",
  home_address: "zz",
  hard_kind: "knlx",
  wanted_job: "qzgw",
  wanted_pay: "qwyx",
  spare_time: "fwsj",
  business_name: "qymc",
  business_since: "zcrq",
  bank_name: "khyh",
  bank_account: "yhzh2",
  loan_amount: "dkje",
  skill_cert: "zsbh",
  trained_at: "pxjg",
  file_from: "dayd",
  file_to: "dajs",
  reason: "sqyy",
};
def theirs: with_entries(.key = (names[.key] // .key));

({ ywh: .reference, cs: .round, sbxx: (.answers // {} | theirs), fj: (.files // [] | map({ fid: .id, fname: .name, ftype: .media_type, fsize: .size, fhash: .sha256 }) | if . == [] then null else . end) } | known)
