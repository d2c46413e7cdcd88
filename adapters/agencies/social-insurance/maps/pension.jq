# YZ04005: what the backend is asked.
def known: with_entries(select(.value != null));

{
  xm: .person.name,
  zjhm: .person.identity_number,
  qsny: (.answers.from | if . == null then null else .[0:4] + .[5:7] end)
} | known
