# An application in their form.
def known: with_entries(select(.value != null));
def names: {
  matter: "AY",
  defendant: "BGXM",
  defendant_address: "BGDZ",
  claim_amount: "BDJE",
  claims: "SSQQ",
  facts: "SSLYSY",
  serve_to: "SDDZ",
  serve_agree: "DZSD",
  decision_of: "ZCJG",
  decision_no: "XZJDS",
  decision_day: "SDRQ",
  judgment_number: "WSAH",
  judgment_amount: "ZXBD",
  bank_name: "KHYH",
  bank_account: "YHZH2",
  what: "SQNR",
  wish: "SQYQ",
  case_number: "AH",
  paper_kind: "CLLX2",
  papers_note: "CLSM",
};
def theirs: with_entries(.key = (names[.key] // .key));

{ FWBM: .service }
+ ({ SQBH: .case, SQR: (.person | { XM: .name, SFZHM: .identity_number, SJHM: .phone_number, QYMC: .company, TYSHXYDM: .credit_code } | known), TJSJ: (.submitted | date_out), BD: (.answers // {} | theirs), CL: (.files // [] | map({ FID: .id, FNAME: .name, FTYPE: .media_type, FSIZE: .size, FHASH: .sha256 }) | if . == [] then null else . end) } | known)
