# How a case stands, in the contract's words.
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

.
| {
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
  }
| known
