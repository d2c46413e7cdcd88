# What was corrected, in their form.
def known: with_entries(select(.value != null));
def names: {
  home_address: "zz",
  travel_day: "yjcxrq",
  state_staff: "gjgz",
  delivery: "lqfs",
  post_to: "yjdz",
  passport_reason: "hfyy",
  passport_old: "yhzh",
  report_place: "dsd",
  lost_day: "dsrq",
  destination: "mdd",
  endorse_kind: "qzzl",
  endorse_times: "qzcs",
  card_number: "kh",
  relative_name: "qsxm",
  relation: "gx",
  endorse_taiwan: "qzzl",
  doc_kind: "zjlx",
  child_name: "znxm",
  child_id: "znzjh",
  guardian_name: "jhrxm",
  guest_name: "zkxm",
  guest_country: "gj",
  guest_passport: "hzhm",
  guest_in: "rzrq",
  guest_out: "lkrq",
  reason: "sqyy",
};
def theirs: with_entries(if .key == "travel_day" or .key == "lost_day" or .key == "guest_in" or .key == "guest_out" then .value |= date_out else . end | .key = (names[.key] // .key));

{
  head: {},
  body: ({ slbh: .reference, bzcs: .round, bd: (.answers // {} | theirs), cl: (.files // [] | map({ wjbh: .id, wjm: .name, wjlx: .media_type, wjdx: .size, zy: .sha256 }) | if . == [] then null else . end) } | known),
}
