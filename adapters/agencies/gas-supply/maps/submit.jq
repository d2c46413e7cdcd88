# An application in their form.
def known: with_entries(select(.value != null));
def names: {
  gas_address: "gasAddress",
  floor_area: "floorArea",
  gas_stove: "gasStove",
  gas_account: "gasAccount",
  old_owner: "oldOwner",
  meter_reading: "meterReading",
};
def theirs: with_entries(.key = (names[.key] // .key));

{ tranCode: .service }
+ ({ requestNo: .case, applicant: (.person | { userId: .subject, name: .name, idNo: .identity_number, mobile: .phone_number, company: .company, creditCode: .credit_code } | known), submittedAt: (.submitted | date_out), form: (.answers // {} | theirs), attachments: (.files // [] | map({ fileId: .id, fileName: .name, contentType: .media_type, bytes: .size, sha256: .sha256 }) | if . == [] then null else . end) } | known)
