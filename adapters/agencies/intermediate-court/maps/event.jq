# What the court pushes, as CloudEvents: how cases stand (AJ), and fees to be paid (JF). Several may come at once.
def known: with_entries(select(.value != null));
def ours: {
  "AY": "matter",
  "BGXM": "defendant",
  "BGDZ": "defendant_address",
  "BDJE": "claim_amount",
  "SSQQ": "claims",
  "SSLYSY": "facts",
  "SDDZ": "serve_to",
  "DZSD": "serve_agree",
  "ZCJG": "decision_of",
  "XZJDS": "decision_no",
  "SDRQ": "decision_day",
  "WSAH": "judgment_number",
  "ZXBD": "judgment_amount",
  "KHYH": "bank_name",
  "YHZH2": "bank_account",
  "SQNR": "what",
  "SQYQ": "wish",
  "AH": "case_number",
  "CLLX2": "paper_kind",
  "CLSM": "papers_note",
};

def case_now: {
  case: .WBBH,
  sequence: .XH,
  reference: .SLBH,
  status: (.ZT | word({
      "S": "received",
      "B": "correction-required",
      "J": "accepted",
      "N": "not-accepted",
      "R": "in-review",
      "Z": "suspended",
      "Y": "extended",
      "T": "granted",
      "K": "refused",
      "E": "terminated",
      "P": "delivering",
      "Q": "delivered",
      "C": "withdrawn",
    })),
  since: (.GXSJ | date_in),
  due: (.QXRQ | date_in),
  reason: .YY,
  parcel: .KDDH,
  corrections: (.BZSX | list | map({ about: (.XM | . as $name | ours[$name] // $name), text: .YQ }) | if . == [] then null else . end),
} | known;

def fee_now: {
  subject: .JFR,
  service: .FWBM,
  sequence: .XH,
  due: ({
    reference: .JFDH,
    title: .SXMC,
    status: (.JFZT | word({ "W": "open", "Y": "settled", "Q": "cancelled", "T": "refunded" })),
    amount_fen: .YJJE,
    raised: (.CSSJ | date_in),
    due: (.JZRQ | date_in),
  } | known),
};

[.TSXX[] | {
  specversion: "1.0",
  id: .TSBH,
  source: "intermediate-court",
  type: ({ "AJ": "case.changed", "JF": "due.raised" }[.TSLX] // error("another kind of message")),
  time: .TSSJ,
  subject: (.SLBH // .JFDH),
  data: (if .TSLX == "AJ" then case_now else fee_now end),
}]
