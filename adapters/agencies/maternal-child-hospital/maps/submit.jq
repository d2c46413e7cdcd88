# An application in their form.
def known: with_entries(select(.value != null));
def names: {
  visit_reason: "visitReason",
  chronic_disease: "chronicDisease",
  baby_name: "babyName",
  baby_sex: "babySex",
  baby_born: "babyBorn",
  mother_name: "motherName",
  mother_id: "motherId",
  birth_hospital: "birthHospital",
  fix_reason: "fixReason",
};
def theirs: with_entries(.key = (names[.key] // .key));

{
  method: .service,
  bizContent: ({ requestNo: .case, applicant: (.person | { name: .name, idNo: .identity_number, mobile: .phone_number, company: .company, creditCode: .credit_code } | known), submittedAt: (.submitted | date_out), form: (.answers // {} | theirs), attachments: (.files // [] | map({ fileId: .id, fileName: .name, contentType: .media_type, bytes: .size, sha256: .sha256 }) | if . == [] then null else . end) } | known),
}
