# An application in their form.
def known: with_entries(select(.value != null));
def names: {
  quota_kind: "ZBLX",
  no_car: "WCQK",
  licence_class: "ZJCX",
  cert_number: "ZSH",
  cert_expires: "ZSYXQ",
  training: "XXQK",
  fix_reason: "BHYY",
  platform: "PTMC",
  exam_number: "KSZKH",
  employer: "DWMC",
  plate: "CPHM",
  vehicle_kind: "CLLX",
  licence_number: "ZZBH",
  licence_expires: "ZZYXQ",
  biz_scope: "JYFW",
};
def theirs: with_entries(.key = (names[.key] // .key));

{ FWBM: .service }
+ ({ SQBH: .case, SQR: (.person | { XM: .name, SFZHM: .identity_number, SJHM: .phone_number, QYMC: .company, TYSHXYDM: .credit_code } | known), TJSJ: (.submitted | date_out), BD: (.answers // {} | theirs), CL: (.files // [] | map({ FID: .id, FNAME: .name, FTYPE: .media_type, FSIZE: .size, FHASH: .sha256 }) | if . == [] then null else . end) } | known)
