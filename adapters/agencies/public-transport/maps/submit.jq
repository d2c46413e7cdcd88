# An application in their form.
def known: with_entries(select(.value != null));
def names: {
  card_transit: "cardTransit",
  card_new: "cardNew",
  elder_name: "elderName",
  elder_id: "elderId",
  home_address: "homeAddress",
  take_at: "takeAt",
  post_to: "postTo",
};
def theirs: with_entries(.key = (names[.key] // .key));

{
  svc: .service,
  ver: "2",
  data: ({ requestNo: .case, applicant: (.person | { name: .name, idNo: .identity_number, mobile: .phone_number, company: .company, creditCode: .credit_code } | known), submittedAt: (.submitted | date_out), form: (.answers // {} | theirs), attachments: (.files // [] | map({ fileId: .id, fileName: .name, contentType: .media_type, bytes: .size, sha256: .sha256 }) | if . == [] then null else . end) } | known),
}
