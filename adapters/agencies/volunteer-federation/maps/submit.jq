# An application in their form.
def known: with_entries(select(.value != null));
def names: {
  volunteer_field: "volunteerField",
  spare_time: "spareTime",
};
def theirs: with_entries(.key = (names[.key] // .key));

{ serviceCode: .service }
+ ({ requestNo: .case, applicant: (.person | { name: .name, idNo: .identity_number, mobile: .phone_number, company: .company, creditCode: .credit_code } | known), submittedAt: (.submitted | date_out), form: (.answers // {} | theirs), attachments: (.files // [] | map({ fileId: .id, fileName: .name, contentType: .media_type, bytes: .size, sha256: .sha256 }) | if . == [] then null else . end) } | known)
