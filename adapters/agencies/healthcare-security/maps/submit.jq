# An application in their form.
def known: with_entries(select(.value != null));
def names: {
  home_address: "zz",
  treat_place: "jydq",
  treat_kind: "balx",
  treat_from: "ksrq",
  treat_to: "jsrq",
  old_region: "yccbd",
  old_employer: "ycbdw",
  reason: "sqyy",
  insured_kind: "cbrylx",
  disease: "bz",
  hospital: "jzyy",
  visit_day: "jyrq",
  discharge_day: "cyrq",
  spent: "zfy",
  bank_name: "khyh",
  bank_account: "yhzh2",
  baby_born: "xsecsrq",
  birth_kind: "sylx",
  leave_days: "cjts",
  employer: "dwmc",
  shared_name: "gjxm",
  shared_id: "gjzjh",
  relation: "gx",
  child_name: "znxm",
  child_id: "znzjh",
  elder_name: "lrxm",
  elder_id: "lrzjh",
  care_need: "zlqk",
  disabled_since: "snrq",
  caring_address: "fwdz",
  year_income: "jtnsr",
};
def theirs: with_entries(if .key == "treat_from" or .key == "treat_to" or .key == "visit_day" or .key == "discharge_day" or .key == "baby_born" or .key == "disabled_since" then .value |= date_out else . end | if .key == "spent" or .key == "year_income" then .value |= amount_out else . end | .key = (names[.key] // .key));

{
  infno: .service,
  input: ({ wbh: .case, sqr: (.person | { xm: .name, sfzh: .identity_number, lxdh: .phone_number, qymc: .company, tyshxydm: .credit_code } | known), sqsj: (.submitted | date_to("yyyy-MM-dd HH:mm:ss")), sbxx: (.answers // {} | theirs), fj: (.files // [] | map({ fid: .id, fname: .name, ftype: .media_type, fsize: .size, fhash: .sha256 }) | if . == [] then null else . end) } | known),
}
