# An application in their form.
def known: with_entries(select(.value != null));
def names: {
  biz_name: "ZHMC",
  biz_names: "BYZHMC",
  biz_address: "JYCS",
  biz_scope: "JYFW",
  biz_staff: "CYRY",
  delivery: "LQFS",
  post_to: "YJDZ",
  licence_number: "ZZBH",
  change_item: "BGSX",
  change_to: "BGHNR",
  reason: "SQYY",
  biz_capital: "ZCZB",
  biz_person: "FDDBR",
  fix_reason: "BHYY",
  report_year: "NBND",
  turnover: "YYE",
  floor_area: "JZMJ",
  licence_expires: "ZZYXQ",
  cert_number: "ZSH",
  cert_expires: "ZSYXQ",
  health_ok: "JKZK",
  qual_number: "ZGZH",
  practice_place: "ZYDD",
  practice_scope: "ZYFW",
  training: "XXQK",
  who: "BFYR",
  who_code: "BFYRDM",
  call_back: "LXDH",
  order_number: "DDH",
  when: "FSSJ",
  what: "SQNR",
  wish: "SQYQ",
  amount_claimed: "SQJE",
};
def theirs: with_entries(.key = (names[.key] // .key));

{ FWBM: .service }
+ ({ SQBH: .case, SQR: (.person | { XM: .name, SFZHM: .identity_number, SJHM: .phone_number, QYMC: .company, TYSHXYDM: .credit_code } | known), TJSJ: (.submitted | date_out), BD: (.answers // {} | theirs), CL: (.files // [] | map({ FID: .id, FNAME: .name, FTYPE: .media_type, FSIZE: .size, FHASH: .sha256 }) | if . == [] then null else . end) } | known)
