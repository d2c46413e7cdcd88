# A booking in their form.
def known: with_entries(select(.value != null));
def names: {
  exit_matter: "bllx2",
  permit_old: "jlzhm",
};
def theirs: with_entries(.key = (names[.key] // .key));

{
  head: { fwbm: .service },
  body: ({ yybh: .booking, hyid: .slot, yyr: (.person | { xm: .name, zjhm: .identity_number, sjh: .phone_number, dwmc: .company, xydm: .credit_code } | known), bd: (.answers // {} | theirs) } | known),
}
