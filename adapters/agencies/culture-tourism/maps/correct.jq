# What was corrected, in their form.
def known: with_entries(select(.value != null));
def names: {
  tour_day: "tourDay",
  order_number: "orderNumber",
  amount_claimed: "amountClaimed",
  guide_exam: "guideExam",
  guide_language: "guideLanguage",
  contract_with: "contractWith",
  cert_number: "certNumber",
  cert_expires: "certExpires",
};
def theirs: with_entries(.key = (names[.key] // .key));

({ applicationId: .reference, round: .round, form: (.answers // {} | theirs), attachments: (.files // [] | map({ fileId: .id, fileName: .name, contentType: .media_type, bytes: .size, sha256: .sha256 }) | if . == [] then null else . end) } | known)
