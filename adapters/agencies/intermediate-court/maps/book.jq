# A booking in their form.
def known: with_entries(select(.value != null));
def names: {
  hearing_case: "AH2",
  hearing_device: "WLSB",
};
def theirs: with_entries(.key = (names[.key] // .key));

{ FWBM: .service }
+ ({ YYBH: .booking, HYID: .slot, YYR: (.person | { XM: .name, SFZHM: .identity_number, SJHM: .phone_number, QYMC: .company, TYSHXYDM: .credit_code } | known), BD: (.answers // {} | theirs) } | known)
