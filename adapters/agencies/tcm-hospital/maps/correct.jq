# What was corrected, in their form.
def known: with_entries(select(.value != null));
def names: {
  caring_address: "caringAddress",
};
def theirs: with_entries(.key = (names[.key] // .key));

{
  bizContent: ({ applicationId: .reference, round: .round, form: (.answers // {} | theirs), attachments: (.files // [] | map({ fileId: .id, fileName: .name, contentType: .media_type, bytes: .size, sha256: .sha256 }) | if . == [] then null else . end) } | known),
}
